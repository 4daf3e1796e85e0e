"""Looking at one's answers, at any time while the round is open: for "Lihat jawaban saya" and /jawaban. In one transaction."""

from sqlalchemy import Connection

from bot.fieldwork import answering, consent, finishing
from bot.fieldwork.records import Choice, Reactions, Say, Visit
from bot.store import responses
from bot.store.accounts import Account
from bot.survey.record import Tap


def review(connection: Connection, visit: Visit, account: Account, response_id: int) -> Reactions:
    interview = answering.opened(connection, visit, account, response_id)
    revision = interview.found.response.revision
    return answering.reply(connection, visit, account, interview, Tap("review", "", revision))


def my_answers(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """Of the survey that one is at; else of the only one begun, or the choice among several."""
    if account.person_id is None:
        return (Say("mulai_tanpa_tautan", consent.office_words(visit)),)
    begun = [
        found
        for found in responses.of_person(connection, account.person_id)
        if found.response.begun_at is not None and not found.closed(visit.now)
    ]
    if not begun:
        return _nothing_to_show(connection, visit, account.person_id)
    active = [found for found in begun if found.response.id == account.response_id]
    if active or len(begun) == 1:
        return review(connection, visit, account, (active or begun)[0].response.id)
    choices = tuple(
        Choice("look", found.response.id, label=finishing.title(found))
        for found in begun[-answering.MOST_LISTED :]
    )
    return (Say("pilih_jawaban", {}, choices),)


def _nothing_to_show(connection: Connection, visit: Visit, person_id: int) -> Reactions:
    waits = finishing.unfinished(connection, person_id, visit.now)
    go_on = (Choice("continue", key="tombol_lanjutkan_survei"),) if waits else ()
    return (Say("belum_ada_jawaban", {}, go_on),)
