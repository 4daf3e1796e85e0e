"""Answering: from a tap or a text to the stored answer and the next card. One function is part of one transaction.

1. A response is opened only for its own person, only while its round is open, and only after consent.
2. What is shown is worked out from the stored state, so the same function answers again after a lost reply.
3. After the last question the next open response of that person is offered, and planned contacts are withdrawn.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import FieldworkError, NotAllowed, NothingOpen
from bot.fieldwork import (
    asked_once,
    consent,
    contacting,
    finishing,
    moved,
    posing,
    quoting,
    releasing,
    sources,
)
from bot.fieldwork.records import Card, Choice, Outcome, Posed, Reactions, Say, Visit
from bot.fieldwork.tapping import Tapped, trusted
from bot.store import accounts, people, questionnaires, responses
from bot.store.accounts import Account
from bot.store.responses import OpenResponse
from bot.survey import response as survey
from bot.survey.progress import remaining
from bot.survey.prompts import Ask, Notice, Thank
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Reply, Turn
from bot.survey.study import Study

MOST_LISTED = 20
WAS_ANSWERING = timedelta(minutes=15)  # before a stop


@dataclass(frozen=True, slots=True)
class Interview:
    """An open response with its questionnaire and the time where it is held."""

    found: OpenResponse
    questionnaire: Questionnaire
    now: datetime


def tap(connection: Connection, visit: Visit, account: Account, tapped: Tapped) -> Reactions:
    interview = opened(connection, visit, account, tapped.response_id)
    return reply(connection, visit, account, interview, trusted(interview.questionnaire, tapped))


def reply(
    connection: Connection,
    visit: Visit,
    account: Account,
    interview: Interview,
    said: Reply,
    *,
    message_id: int = 0,
) -> Reactions:
    """`message_id` is that of a message; a tap has none."""
    if asked := _asked_first(connection, visit, account, interview.found):
        return asked
    turn = survey.answer(
        interview.questionnaire, interview.found.response, said, interview.now,
        double_tap_seconds=visit.study.double_tap_seconds,
        complete_share=visit.study.complete_share,
    )  # fmt: skip
    before = interview.found.response
    source = sources.said_at(visit.chat_id, message_id, before)
    sources.remember(connection, before, turn, source)
    return take_turn(connection, visit, account, interview, turn)


def show(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """The active response once more; changes nothing."""
    if account.response_id is None or account.person_id is None:
        return ()
    interview = opened(connection, visit, account, account.response_id)
    prompt = survey.current(interview.questionnaire, interview.found.response, interview.now)
    return shown(connection, visit, interview, Turn(interview.found.response, prompt))


def begin(connection: Connection, visit: Visit, account: Account, round_id: int) -> Reactions:
    """After "Mulai" or "Lanjutkan": the notice, or the first question that is open in that round."""
    mine = consent.mine_in_round(connection, visit, account, round_id)
    if asked := consent.asked_first(connection, visit, mine):
        return asked
    return take(connection, visit, account, _first_unfinished(mine).response.id)


def take(connection: Connection, visit: Visit, account: Account, response_id: int) -> Reactions:
    """Makes it the active response and shows where it stands."""
    interview = opened(connection, visit, account, response_id)
    if asked := _asked_first(connection, visit, account, interview.found):
        return asked
    if asked_once.carry(connection, interview.found):
        interview = opened(connection, visit, account, response_id)
    greeting = _greeting(visit, interview)
    turn = survey.begin(
        interview.questionnaire, interview.found.response, interview.now,
        complete_share=visit.study.complete_share,
    )  # fmt: skip
    return (*greeting, *take_turn(connection, visit, account, interview, turn))


def agree(
    connection: Connection, visit: Visit, account: Account, round_id: int, more: str
) -> Reactions:
    mine = consent.mine_in_round(connection, visit, account, round_id)
    recorded = consent.record(connection, visit, mine[0], more)
    return (recorded, *take(connection, visit, account, _first_unfinished(mine).response.id))


def resume(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """/lanjut: the only open response, or the choice among several."""
    unfinished = open_ones(connection, visit, account)
    if not unfinished:
        return finishing.nothing_left(connection, visit, account)
    if len(unfinished) == 1:
        found = unfinished[0]
        mine = consent.mine_in_round(connection, visit, account, found.round_id)
        asked = consent.asked_first(connection, visit, mine)
        return asked or take(connection, visit, account, found.response.id)
    choices = tuple(
        Choice("take", found.response.id, label=finishing.title(found))
        for found in unfinished[:MOST_LISTED]
    )
    return (Say("pilih_survei", consent.office_words(visit), choices),)


def remember_card(
    connection: Connection, chat_id: int, message_id: int, posed: Posed | None = None
) -> None:
    """The message that has buttons now, as the chat reports it after sending."""
    if posed is None:
        accounts.remember_card(connection, chat_id, message_id)
        return
    accounts.remember_question(connection, chat_id, message_id, posed.response_id, posed.revision)


def interrupted(connection: Connection, stopped_at: datetime, started_at: datetime) -> list[int]:
    """Chats that were answering shortly before the stop.

    The last sign of life is up to a minute older than a sudden stop, so whoever wrote since then counts too.
    """
    found = accounts.interrupted(connection, stopped_at - WAS_ANSWERING, started_at)
    return [account.chat_id for account in found]


def shown_again(
    connection: Connection, study: Study, chat_id: int, started_at: datetime, now: datetime
) -> Outcome | None:
    """After a restart: the present question, worked out in the chat's own turn. None: answered since, or nothing is asked."""
    account = accounts.of_chat(connection, chat_id)
    if account is None or account.last_update_at is None or account.last_update_at > started_at:
        return None
    try:
        shown = show(connection, Visit(study, chat_id, 0, now), account)
    except FieldworkError:
        return None
    if not shown or not isinstance(shown[-1], Card) or not isinstance(shown[-1].prompt, Ask):
        return None
    apology = Say("bot_kembali", {"ke_terakhir": max(shown[-1].prompt.position - 1, 0)})
    return Outcome(account.language, account.card_message_id, (apology, *shown))


def open_ones(connection: Connection, visit: Visit, account: Account) -> list[OpenResponse]:
    """What can be answered now, the declined ones last."""
    if account.person_id is None:
        raise NothingOpen("mulai_tanpa_tautan", **consent.office_words(visit))
    return finishing.unfinished(connection, account.person_id, visit.now)


def opened(connection: Connection, visit: Visit, account: Account, response_id: int) -> Interview:
    """Held until the transaction ends. Refuses what is closed or somebody else's."""
    person_id = account.person_id
    found = (
        responses.open_for(connection, response_id, person_id) if person_id is not None else None
    )
    if found is None:
        is_anothers = responses.is_there(connection, response_id)
        refusal = NotAllowed if is_anothers else NothingOpen
        key = "mulai_tanpa_tautan" if person_id is None else "tidak_ada_survei"
        raise refusal(key, **consent.office_words(visit))
    consent.refuse_closed(visit, account.language, found)
    return interview_of(connection, visit, found)


def interview_of(connection: Connection, visit: Visit, found: OpenResponse) -> Interview:
    response = found.response
    questionnaire = questionnaires.of_version(
        connection, found.questionnaire_id, response.questionnaire, response.version
    )
    return Interview(found, questionnaire, visit.now.astimezone(ZoneInfo(found.zone)))


def take_turn(
    connection: Connection, visit: Visit, account: Account, interview: Interview, turn: Turn
) -> Reactions:
    """Stores what was recorded and says what comes next."""
    before = interview.found.response
    store(connection, visit, interview, turn)
    if account.response_id != before.id:
        accounts.activate(connection, account.chat_id, before.id)
    if account.expecting:
        accounts.expect(connection, account.chat_id, {})
    posing.note(connection, visit, account, before, turn.response)
    notes = moved.noted(connection, visit, interview.questionnaire, interview.found, turn)
    reactions = (*notes, *shown(connection, visit, interview, turn))
    if isinstance(turn.prompt, Thank):
        after = interview.found.after(turn)
        return (*reactions, *quoting.seen(connection, interview.questionnaire, after, visit.now))
    return reactions


def store(connection: Connection, visit: Visit, interview: Interview, turn: Turn) -> None:
    """What was recorded; with the last answer the planned contacts are withdrawn."""
    before = interview.found.response
    responses.save(connection, before, turn, visit.now)
    _remember(connection, interview, turn)
    if turn.response.completed_at is not None and before.completed_at is None:
        after = interview.found.after(turn)
        releasing.release(
            connection, interview.questionnaire, after, turn.response.disposition, visit.now
        )
        contacting.withdraw(
            connection, interview.found.round_id, interview.found.person_id, visit.now
        )


def card(study: Study, interview: Interview, turn: Turn) -> Card:
    found = interview.found
    return Card(
        found.response.id, found.round_id, turn.response.revision, turn.response.language,
        {item.name: place for place, item in enumerate(interview.questionnaire.items)},
        turn.prompt, _minutes_left(study, turn), posing.is_new(found.response, turn.response),
    )  # fmt: skip


def shown(connection: Connection, visit: Visit, interview: Interview, turn: Turn) -> Reactions:
    if isinstance(turn.prompt, Thank):
        after = interview.found.after(turn)
        notices = (said_of(turn.prompt.notice),) if turn.prompt.notice else ()
        return (*notices, *finishing.thanks(connection, visit, after, turn.prompt))
    return (card(visit.study, interview, turn),)


def said_of(notice: Notice) -> Say:
    """A notice as a message of its own."""
    because = said_of(notice.because) if notice.because else None
    said = Say(notice.key, notice.arguments)
    if because is None:
        return said
    return Say("suntingan_beralasan", {"alasan": because, "akibat": said})


def _minutes_left(study: Study, turn: Turn) -> int:
    left = turn.prompt.left if isinstance(turn.prompt, Ask) else None
    if left is None:
        return 0
    seconds = left.taps * study.seconds_per_tap + left.texts * study.seconds_per_text
    return max(1, -(-seconds // 60))


def _asked_first(
    connection: Connection, visit: Visit, account: Account, found: OpenResponse
) -> Reactions:
    """Whoever has not agreed, or withdrew since, or agreed to a notice that has changed; who is through is left alone."""
    response = found.response
    if found.released:
        return (Say("jawaban_dilepas", consent.office_words(visit)),)
    if response.completed_at is not None and response.disposition != "refused":
        return ()
    if consent.is_given(connection, visit, found):
        return ()
    mine = consent.mine_in_round(connection, visit, account, found.round_id)
    return consent.asked_first(connection, visit, mine)


def _first_unfinished(mine: list[OpenResponse]) -> OpenResponse:
    return next((found for found in mine if finishing.is_unfinished(found)), mine[0])


def _greeting(visit: Visit, interview: Interview) -> Reactions:
    """Only for who comes back in the middle."""
    before = interview.found.response
    if before.begun_at is None or before.stage != "asking" or not before.answers:
        return ()
    prompt = survey.current(interview.questionnaire, before, interview.now)
    left = remaining(
        interview.questionnaire, before, interview.now,
        seconds_per_tap=visit.study.seconds_per_tap, seconds_per_text=visit.study.seconds_per_text,
    ).seconds  # fmt: skip
    at = prompt.position if isinstance(prompt, Ask) else 1
    return (Say("lanjut", {"ke": at, "menit_sisa": max(1, -(-left // 60))}),)


def _remember(connection: Connection, interview: Interview, turn: Turn) -> None:
    """Answers marked store_as go to the enrolment, where the next questionnaire finds them."""
    kept = {
        item.store_as: recorded.answer.value
        for recorded in turn.recorded
        if (item := interview.questionnaire.item(recorded.answer.item)).store_as
    }
    if kept:
        people.remember(connection, interview.found.training_id, interview.found.person_id, kept)
