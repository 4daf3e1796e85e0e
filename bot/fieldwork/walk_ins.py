"""In class, without being on the list: name and unit are typed, the evaluation begins, the office matches later. One function is
part of one transaction.

1. Only who opened this class's link may come in: the account remembers which class it scanned.
2. Whoever is known from another training comes in as the same person, without typing.
3. While nobody of the office has the live card before them, they are told of the first who waits.
"""

from sqlalchemy import Connection

from bot.errors import LinkRefused
from bot.fieldwork import enrolment, told
from bot.fieldwork.consent import office_words
from bot.fieldwork.records import Choice, Reactions, Say, Visit
from bot.fieldwork.rosters.identity import person_code
from bot.fieldwork.timetables import training_of
from bot.store import accounts, classes, people, walk_ins
from bot.store.accounts import Account
from bot.store.trainings import Training

EXPECTING_OWN_NAME, EXPECTING_UNIT = "walk_in_name", "walk_in_unit"
LEAST_LETTERS, LONGEST = 3, 100


def welcome_unlisted(
    connection: Connection, visit: Visit, account: Account, training: Training
) -> Reactions:
    """A class whose list is not there yet: everybody is asked for their name at once."""
    _expect(connection, account, EXPECTING_OWN_NAME, training.id)
    words = office_words(visit) | {"nama_pelatihan": training.full_title}
    return (Say("sambutan_tanpa_daftar", words),)


def ask_to_join(
    connection: Connection, visit: Visit, account: Account, training: Training
) -> Reactions:
    """Connected already, but not on this list."""
    _expect(connection, account, "", training.id)
    person = people.person(connection, account.person_id or 0)
    words = office_words(visit) | {"nama": person.name, "nama_pelatihan": training.full_title}
    return (Say("ikut_kelas_tanya", words, (Choice("join", training.id, key="tombol_ikut"),)),)


def join(connection: Connection, visit: Visit, account: Account, training_id: int) -> Reactions:
    if account.person_id is None:
        raise LinkRefused("pindai_dahulu", **office_words(visit))
    if not people.is_enrolled(connection, training_id, account.person_id):
        if account.expecting.get("class") != training_id:
            raise LinkRefused("pindai_dahulu", **office_words(visit))
        walk_ins.enrol(connection, training_id, account.person_id, visit.now)
    notes = _tell_office(connection, visit, training_id)
    return (*enrolment.connect(connection, visit, account, account.person_id), *notes)


def not_listed(
    connection: Connection, visit: Visit, account: Account, training_id: int
) -> Reactions:
    if account.person_id is not None:
        return (Say("akun_terhubung", office_words(visit)),)
    if account.expecting.get("class") != training_id:
        raise LinkRefused("pindai_dahulu", **office_words(visit))
    _expect(connection, account, EXPECTING_OWN_NAME, training_id)
    return (Say("tamu_tulis_nama"),)


def typed_name(connection: Connection, _visit: Visit, account: Account, text: str) -> Reactions:
    name = " ".join(text.split())[:LONGEST]
    if sum(letter.isalpha() for letter in name) < LEAST_LETTERS:
        return (Say("tamu_tulis_nama"),)
    kept = {**account.expecting, "what": EXPECTING_UNIT, "name": name}
    accounts.expect(connection, account.chat_id, kept)
    return (Say("tamu_tulis_unit", {"nama": name}),)


def typed_unit(connection: Connection, visit: Visit, account: Account, text: str) -> Reactions:
    unit = " ".join(text.split())[:LONGEST]
    if not any(letter.isalnum() for letter in unit):
        return (Say("tamu_tulis_unit", {"nama": str(account.expecting["name"])}),)
    training_id = int(account.expecting["class"])
    columns = {
        "name": str(account.expecting["name"]), "unit": unit,
        "phone": str(account.expecting.get("phone", "")),
    }  # fmt: skip
    code = person_code(visit.secret, f"walk-in|{training_id}|{account.chat_id}")
    listed = walk_ins.has_list(connection, training_id)
    person_id = walk_ins.add(connection, training_id, code, columns, visit.now)
    said = Say("menunggu_koordinator" if listed else "daftar_menyusul")
    notes = _tell_office(connection, visit, training_id)
    connected = enrolment.connect(connection, visit, account, person_id)
    return (said, *connected, *notes)


def _tell_office(connection: Connection, visit: Visit, training_id: int) -> Reactions:
    """Only the first one: the others are seen with it."""
    if classes.is_watched(connection, training_id, visit.now):
        return ()
    number = len(walk_ins.waiting(connection, training_id))
    if number != 1 or not walk_ins.has_list(connection, training_id):
        return ()
    words = {"judul": training_of(connection, training_id).full_title}
    return told.office(connection, visit.named, training_id, "tamu_baru", words, about="walk_ins")


def _expect(connection: Connection, account: Account, what: str, training_id: int) -> None:
    kept = {name: account.expecting[name] for name in ("phone",) if name in account.expecting}
    accounts.expect(connection, account.chat_id, {**kept, "what": what, "class": training_id})
