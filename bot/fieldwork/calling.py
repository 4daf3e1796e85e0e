"""An interviewee who would rather be called or met: the name goes to the office, the reminders end. Part of one transaction."""

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork import consent, contacting, told
from bot.fieldwork.records import Reactions, Say, Visit
from bot.store import cases, people
from bot.store.accounts import Account
from bot.survey.case_selection import case_code


def ask(connection: Connection, visit: Visit, account: Account, round_id: int) -> Reactions:
    """After "Lebih nyaman ditelepon". A second tap finds it done and tells nobody again."""
    found = consent.mine_in_round(connection, visit, account, round_id)[0]
    case = cases.of_person(connection, found.training_id, found.person_id)
    if case is None:
        raise NothingOpen("tidak_ada_survei", **consent.office_words(visit))
    said = Say("telepon_dicatat", consent.office_words(visit))
    if not cases.ask_for_call(connection, case.id, visit.now):
        return (said,)
    contacting.stop_reminding(
        connection, round_id, found.person_id, visit.now, contacting.CALL_INSTEAD
    )
    person = people.person(connection, found.person_id)
    asked = cases.of_person(connection, found.training_id, found.person_id)
    words = {
        "kode": case_code(case.number), "nama": person.name, "judul": found.training_title,
        "hp": (asked.phone if asked is not None else "") or "-",
    }  # fmt: skip
    notes = told.office(
        connection, visit.named, found.training_id, "kasus_minta_telepon", words, about="cases"
    )
    return (said, *notes)
