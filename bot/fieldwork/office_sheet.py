"""*Anggaran & Rencana*: the office answers a few questions on a training itself. One function is one transaction.

An ordinary questionnaire (form_id `office`) through the same engine; there is one sheet a training, whoever of its staff fills it
in goes on where the last one stopped, and it can be changed at any time. Two may have it open: what is typed counts only for the
question that its writer was shown last, else they are shown the present one. It is no response: it is in no rate, and nobody is
reminded of it. Its answers leave with trainings.csv.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NotAllowed, NothingOpen
from bot.fieldwork import posing
from bot.fieldwork.once import once
from bot.fieldwork.permits import why_not
from bot.fieldwork.records import Card
from bot.fieldwork.staff import Duty, StaffVisit, who_is
from bot.fieldwork.tapping import Tapped, trusted
from bot.store import accounts, office_sheets, questionnaires, trainings
from bot.store.accounts import Account
from bot.store.office_sheets import Sheet
from bot.store.trainings import Training
from bot.survey import response as survey
from bot.survey.prompts import Ask, Notice, Review
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Reply, Response, Said, Tap, Turn

FORM = "office"
EXPECTING_SHEET = "office_sheet"  # what the coordinator types is for the sheet


@dataclass(frozen=True, slots=True)
class Shown:
    """What to show: a card, or that the sheet is kept."""

    language: str
    card_message_id: int | None
    training_id: int
    title: str
    card: Card | None
    answered: int
    asked: int
    is_kept: bool  # every question was seen


@dataclass(frozen=True, slots=True)
class _Open:
    account: Account
    training: Training
    form: Questionnaire
    sheet: Sheet


def fill_in(connection: Connection, duty: Duty) -> Shown:
    """From the training's details: the first question, where the last one stopped, or the review."""
    visit = duty.visit
    account = accounts.opened(connection, visit.chat_id, visit.now)
    found = _opened(connection, account, duty.training)
    before = found.sheet.response
    if before.begun_at is None:
        turn = survey.begin(found.form, before, _here(visit))
    elif before.stage == "done":
        turn = survey.answer(found.form, before, Tap("review", "", before.revision), _here(visit))
    else:
        turn = Turn(before, survey.current(found.form, before, _here(visit)))
    return _kept(connection, visit, found, turn)


def tap(connection: Connection, visit: StaffVisit, tapped: Tapped) -> Shown:
    """What is answered stands in the sheet, so the log has only who opened it."""
    found = _of_visit(connection, visit, tapped.response_id)
    return _replied(connection, visit, found, trusted(found.form, tapped))


def typed(connection: Connection, visit: StaffVisit, said: Said) -> Shown | None:
    """None: whoever types no longer works on that training, so the text is for somebody else."""
    account = accounts.opened(connection, visit.chat_id, visit.now)
    try:
        found = _of_visit(connection, visit, int(account.expecting.get("training", 0)))
    except NotAllowed:
        accounts.expect(connection, visit.chat_id, {})
        return None
    if account.expecting.get("revision") != found.sheet.response.revision:
        return _shown_anew(connection, visit, found)
    return _replied(connection, visit, found, said)


def close(connection: Connection, duty: Duty) -> Shown:
    """What was answered stays; typed text is no longer for it."""
    visit = duty.visit
    account = accounts.opened(connection, visit.chat_id, visit.now)
    accounts.expect(connection, visit.chat_id, {})
    return _shown(_opened(connection, account, duty.training), None)


def _of_visit(connection: Connection, visit: StaffVisit, training_id: int) -> _Open:
    training = trainings.of_id(connection, training_id)
    refused = why_not(
        "fill in office sheet", who_is(connection, visit.named, visit.chat_id), training_id
    )
    if refused or training is None:
        words = {"penyelenggara": visit.study.office.organiser, "nomor": str(visit.chat_id)}
        raise NotAllowed(refused or "pelatihan_tidak_ada", **words)
    return _opened(connection, accounts.opened(connection, visit.chat_id, visit.now), training)


def _opened(connection: Connection, account: Account, training: Training) -> _Open:
    trainings.hold(connection, training.id)  # a sheet that is not there yet cannot be held itself
    sheet = office_sheets.of_training(connection, training.id) or _new_sheet(connection, training)
    form = questionnaires.of_id(connection, sheet.questionnaire_id)
    language = account.language if account.language in form.languages else form.languages[0]
    return _Open(
        account, training, form, replace(sheet, response=replace(sheet.response, language=language))
    )


def _new_sheet(connection: Connection, training: Training) -> Sheet:
    newest = questionnaires.newest(connection, FORM)
    if newest is None:
        raise NothingOpen("lembar_tidak_ada")
    form = questionnaires.of_id(connection, newest)
    hidden = {"nama_pelatihan": training.full_title}
    return Sheet(training.id, newest, Response(training.id, form.name, form.version, hidden=hidden))


def _replied(connection: Connection, visit: StaffVisit, found: _Open, said: Reply) -> Shown:
    before = found.sheet.response
    if not once(connection, visit.update_id, visit.now):
        return _shown(found, Turn(before, survey.current(found.form, before, _here(visit))))
    turn = survey.answer(
        found.form, before, said, _here(visit), double_tap_seconds=visit.study.double_tap_seconds
    )
    return _kept(connection, visit, found, turn)


def _shown_anew(connection: Connection, visit: StaffVisit, found: _Open) -> Shown:
    """A colleague has answered meanwhile what this one was asked."""
    response = found.sheet.response
    prompt = survey.current(found.form, response, _here(visit))
    if isinstance(prompt, Ask | Review):
        prompt = replace(prompt, notice=Notice("lembar_diisi_rekan"))
    _expect(connection, visit, found)
    return _shown(found, Turn(response, prompt))


def _expect(connection: Connection, visit: StaffVisit, found: _Open) -> None:
    """A text for the question that is shown now."""
    response = found.sheet.response
    expecting = {
        "what": EXPECTING_SHEET, "training": found.training.id, "revision": response.revision
    }  # fmt: skip
    accounts.expect(connection, visit.chat_id, expecting)


def _kept(connection: Connection, visit: StaffVisit, found: _Open, turn: Turn) -> Shown:
    sheet = replace(found.sheet, response=turn.response)
    office_sheets.save(connection, sheet, visit.chat_id, visit.now)
    is_new = posing.is_new(found.sheet.response, turn.response)
    kept = replace(found, sheet=sheet)
    shown = _shown(kept, turn, is_new=is_new)
    if shown.card is None:
        accounts.expect(connection, visit.chat_id, {})
    else:
        _expect(connection, visit, kept)
    return shown


def _shown(found: _Open, turn: Turn | None, *, is_new: bool = False) -> Shown:
    response = found.sheet.response
    given = [one for one in response.answers.values() if one.value]
    card = None
    if turn is not None and isinstance(turn.prompt, Ask | Review):
        places = {item.name: place for place, item in enumerate(found.form.items)}
        card = Card(
            found.training.id, 0, response.revision, response.language, places, turn.prompt,
            is_new=is_new,
        )  # fmt: skip
    return Shown(
        found.account.language, found.account.card_message_id, found.training.id,
        found.training.full_title, card, len(given), sum(item.asked for item in found.form.items),
        response.stage == "done",
    )  # fmt: skip


def _here(visit: StaffVisit) -> datetime:
    return visit.now.astimezone(ZoneInfo(visit.study.office.zone))
