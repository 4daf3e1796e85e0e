"""A colleague answers a draft as a respondent would ("coba dulu"). One function is one transaction.

What is answered here stands with the draft and nowhere else: no response, no answer, no contact, nothing for the analyst.
It survives a restart like an interview does, and is gone when the trial ends. One trial at a time in a chat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NotAllowed, NothingOpen
from bot.fieldwork import posing
from bot.fieldwork.dates import long_date
from bot.fieldwork.once import once
from bot.fieldwork.permits import why_not
from bot.fieldwork.publishing import draft_of
from bot.fieldwork.records import Card
from bot.fieldwork.staff import Duty, StaffVisit, who_is
from bot.fieldwork.tapping import Tapped, trusted
from bot.store import accounts, form_drafts, questionnaires, responses, trainings
from bot.store.accounts import Account
from bot.store.form_drafts import FormDraft
from bot.survey import response as survey
from bot.survey.prompts import Ask, Review
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Reply, Response, Said, Turn
from bot.survey.walking import choices_of

Destination = Literal["answer", "office"]
_UNTOLD = frozenset({"", "x"})  # values of walking.py that say nothing


@dataclass(frozen=True, slots=True)
class Trial:
    """What to show: a card, or that it is over."""

    language: str
    card_message_id: int | None
    draft_id: int
    title: str
    card: Card | None
    samples: Mapping[
        str, str
    ]  # what stands for the facts of a real respondent; told at the beginning
    answered: int = 0


def begin(connection: Connection, duty: Duty, draft_id: int) -> Trial:
    visit = duty.visit
    account = accounts.opened(connection, visit.chat_id, visit.now)
    draft = draft_of(connection, visit, draft_id)
    if not duty.is_first:
        return _again(visit, account, draft)
    duty.noted.update(form=draft.questionnaire.name)
    untouched = Response(
        draft.id, draft.questionnaire.name, draft.questionnaire.version, seed=draft.trials,
        language=_language(draft.questionnaire, account), hidden=_samples(connection, draft),
    )  # fmt: skip
    turn = survey.begin(draft.questionnaire, untouched, _here(visit))
    form_drafts.begin_trial(connection, draft, visit.chat_id, turn.response)
    return _shown(account, draft, turn, samples=turn.response.hidden)


def end(connection: Connection, duty: Duty, draft_id: int) -> Trial:
    account = accounts.opened(connection, duty.visit.chat_id, duty.visit.now)
    draft = draft_of(connection, duty.visit, draft_id)
    if duty.is_first and draft.trial is not None:
        form_drafts.save_trial(connection, draft.id, None)
    return _over(account, draft, draft.trial)


def tap(connection: Connection, visit: StaffVisit, tapped: Tapped) -> Trial:
    """The answers of a trial are no actions of the office: they stand in no log."""
    _refuse_others(connection, visit)
    draft = draft_of(connection, visit, tapped.response_id)
    return _replied(connection, visit, draft, trusted(draft.questionnaire, tapped))


def reply(connection: Connection, visit: StaffVisit, said: Said) -> Trial | None:
    """None: nothing is tried out in this chat, so it is meant for somebody else; nothing was written."""
    draft = form_drafts.tried_by(connection, visit.chat_id)
    if draft is None or who_is(connection, visit.named, visit.chat_id) is None:
        return None
    return _replied(connection, visit, draft, said)


def under_way(connection: Connection, visit: StaffVisit) -> int:
    """The draft that is tried out in this chat; 0: none, or nothing that still may be."""
    draft = form_drafts.tried_by(connection, visit.chat_id)
    is_colleague = who_is(connection, visit.named, visit.chat_id) is not None
    return draft.id if draft is not None and is_colleague else 0


def destination(connection: Connection, visit: StaffVisit) -> Destination:
    """What a document that was sent is for."""
    if who_is(connection, visit.named, visit.chat_id) is None:
        return "answer"
    return "answer" if _expects_file(connection, visit.chat_id) else "office"


def _refuse_others(connection: Connection, visit: StaffVisit) -> None:
    staff = who_is(connection, visit.named, visit.chat_id)
    if refused := why_not("try form", staff, None):
        words = {"penyelenggara": visit.study.office.organiser, "nomor": str(visit.chat_id)}
        raise NotAllowed(refused, **words)


def _expects_file(connection: Connection, chat_id: int) -> bool:
    """Whether a document sent now answers a question: of the trial, else of the colleague's own survey."""
    draft = form_drafts.tried_by(connection, chat_id)
    if draft is not None and draft.trial is not None:
        return _takes_file(draft.questionnaire, draft.trial)
    account = accounts.of_chat(connection, chat_id)
    if account is None or account.person_id is None or account.response_id is None:
        return False
    found = responses.open_for(connection, account.response_id, account.person_id)
    if found is None or found.response.stage != "asking":
        return False
    return _takes_file(questionnaires.of_id(connection, found.questionnaire_id), found.response)


def _takes_file(form: Questionnaire, response: Response) -> bool:
    return response.current is not None and form.item(response.current).kind == "file"


def _replied(connection: Connection, visit: StaffVisit, draft: FormDraft, said: Reply) -> Trial:
    account = accounts.opened(connection, visit.chat_id, visit.now)
    if draft.trial is None:
        raise NothingOpen("coba_sudah_selesai")
    if not once(connection, visit.update_id, visit.now):
        return _again(visit, account, draft)
    language = _language(draft.questionnaire, account)
    turn = survey.answer(
        draft.questionnaire, replace(draft.trial, language=language), said, _here(visit),
        double_tap_seconds=visit.study.double_tap_seconds,
    )  # fmt: skip
    trial = _shown(account, draft, turn)
    form_drafts.save_trial(connection, draft.id, turn.response if trial.card else None)
    return trial


def _again(visit: StaffVisit, account: Account, draft: FormDraft) -> Trial:
    """As it stands; changes nothing."""
    if draft.trial is None:
        return _over(account, draft, None)
    prompt = survey.current(draft.questionnaire, draft.trial, _here(visit))
    return _shown(account, draft, Turn(draft.trial, prompt))


def _shown(
    account: Account, draft: FormDraft, turn: Turn, samples: Mapping[str, str] | None = None
) -> Trial:
    over = _over(account, draft, turn.response)
    if not isinstance(turn.prompt, Ask | Review):
        return over
    places = {item.name: place for place, item in enumerate(draft.questionnaire.items)}
    is_new = draft.trial is None or posing.is_new(draft.trial, turn.response)
    card = Card(
        draft.id, 0, turn.response.revision, turn.response.language, places, turn.prompt,
        is_new=is_new,
    )  # fmt: skip
    return replace(over, card=card, samples=samples or {})


def _over(account: Account, draft: FormDraft, response: Response | None) -> Trial:
    titles = draft.questionnaire.titles
    title = titles.get(account.language) or next(iter(titles.values()), "")
    given = [] if response is None else [one for one in response.answers.values() if one.value]
    return Trial(
        account.language, account.card_message_id, draft.id, title or draft.questionnaire.name,
        None, {}, sum(draft.questionnaire.item(one.item).asked for one in given),
    )  # fmt: skip


def _samples(connection: Connection, draft: FormDraft) -> Mapping[str, str]:
    """Facts of the latest training; else what the form compares with, another one each time; else its name."""
    facts = _facts(connection)
    compared = choices_of(draft.questionnaire)
    found = {}
    for item in draft.questionnaire.items:
        if item.kind == "hidden":
            told = sorted(set(compared[item.name]) - _UNTOLD, reverse=True)
            otherwise = told[draft.trials % len(told)] if told else f"[{item.name}]"
            found[item.name] = facts.get(item.name) or otherwise
    return found


def _facts(connection: Connection) -> Mapping[str, str]:
    for training in trainings.newest(connection, 1):
        taught = (*trainings.instructor_names(connection, training.id), "", "")
        learned = (*trainings.competence_labels(connection, training.id), "", "")
        return {
            "nama_pelatihan": training.full_title, "tgl_pelatihan": long_date(training.ends_on),
            "instruktur_1": taught[0], "instruktur_2": taught[1],
            "kompetensi_1": learned[0], "kompetensi_2": learned[1],
        }  # fmt: skip
    return {}


def _language(form: Questionnaire, account: Account) -> str:
    return account.language if account.language in form.languages else form.languages[0]


def _here(visit: StaffVisit) -> datetime:
    """In the zone of the office: "besok" and today() read its calendar day."""
    return visit.now.astimezone(ZoneInfo(visit.study.office.zone))
