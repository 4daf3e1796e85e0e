"""In class: finding one's name by three letters, and proving it with the birth date. One function, one transaction.

The list shows names only for letters that were typed; who does not know the birth date gets no further. After
five wrong dates or codes within an hour, of an account or for a name, trying stops for that hour and the coordinator hears of it.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.errors import LinkRefused
from bot.fieldwork import enrolment, relinking, told
from bot.fieldwork.cells import as_phone
from bot.fieldwork.consent import office_words
from bot.fieldwork.nip import normalised
from bot.fieldwork.records import Choice, Reactions, Say, Visit
from bot.fieldwork.timetables import training_of
from bot.store import accounts, people, relinks
from bot.store.accounts import Account
from bot.survey.typed_days import day

EXPECTING_NAME = "name_letters"
EXPECTING_BIRTH = "birth_date"
LEAST_LETTERS = 3
MOST_NAMES = 8
MOST_TRIES, COUNTED_FOR = 5, timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)
_DATE_DIGITS, _NIP_DIGITS = 8, 18


def ask_letters(
    connection: Connection, visit: Visit, account: Account, training_id: int
) -> Reactions:
    if why := refused(connection, visit, account):
        return why
    if account.expecting.get("class") != training_id:
        raise LinkRefused("pindai_dahulu", **office_words(visit))
    _expect(connection, account, what=EXPECTING_NAME, training=training_id)
    return (Say("tulis_nama", {"huruf": LEAST_LETTERS}),)


def ask_phone(
    connection: Connection, visit: Visit, account: Account, training_id: int
) -> Reactions:
    if account.person_id is not None:
        return (Say("akun_terhubung", office_words(visit)),)
    if account.expecting.get("class") != training_id:
        raise LinkRefused("pindai_dahulu", **office_words(visit))
    _expect(connection, account, what="")
    return (Say("kirim_nomor", ask_contact="tombol_kirim_nomor"),)


def shared_phone(connection: Connection, visit: Visit, account: Account, shared: str) -> Reactions:
    """Telegram vouches for the own number, so it proves as much as the birth date; "" is somebody else's."""
    training_id = int(account.expecting.get("class", 0))
    if not training_id:
        raise LinkRefused("pindai_dahulu", **office_words(visit))
    if not shared:
        return (Say("kontak_orang_lain"),)
    phone = as_phone(f"+{shared.lstrip('+')}")
    found = people.with_phone(connection, training_id, phone)
    if len(found) != 1:
        accounts.expect(connection, account.chat_id, {**account.expecting, "phone": phone})
        title = training_of(connection, training_id).full_title
        return (Say("nomor_hp_tidak_cocok", {"nama_pelatihan": title}, _by_name(training_id)),)
    if enrolment.taken_by_other(connection, account, found[0].id):
        return relinking.ask(connection, visit, account.chat_id, found[0], training_id)
    return enrolment.connect(connection, visit, account, found[0].id)


def typed_letters(connection: Connection, _visit: Visit, account: Account, text: str) -> Reactions:
    training_id = int(account.expecting["training"])
    letters = " ".join(text.split())
    if len(letters) < LEAST_LETTERS:
        return (Say("tulis_nama", {"huruf": LEAST_LETTERS}),)
    matches = people.matching(connection, training_id, letters, MOST_NAMES + 1)
    absent = Choice("not_listed", training_id, key="tombol_tidak_ada")
    if not matches:
        return (Say("nama_tidak_ditemukan", {"masukan": letters[:40]}, (absent,)),)
    if len(matches) > MOST_NAMES:
        return (Say("nama_terlalu_banyak", {"masukan": letters[:40]}),)
    names = tuple(
        Choice("name", one.person_id, str(training_id), label=one.name) for one in matches
    )
    return (Say("pilih_nama", {}, (*names, absent)),)


def choose(
    connection: Connection, visit: Visit, account: Account, person_id: int, more: str
) -> Reactions:
    """A name was tapped: the birth date is asked."""
    if why := refused(connection, visit, account, person_id):
        return why
    training_id = int(more) if more.isdecimal() and len(more) <= len("2147483647") else 0
    listed = people.enrolments_of(connection, person_id)
    if all((one.training_id, one.role) != (training_id, "participant") for one in listed):
        return (Say("tautan_tidak_dikenal", office_words(visit)),)
    _expect(connection, account, what=EXPECTING_BIRTH, training=training_id, person=person_id)
    return (Say("tulis_tanggal_lahir", {"nama": people.person(connection, person_id).name}),)


def typed_birth(connection: Connection, visit: Visit, account: Account, text: str) -> Reactions:
    person_id = int(account.expecting["person"])
    if why := refused(connection, visit, account, person_id):
        return why
    person = people.person(connection, person_id)
    written = read_birth_date(text, visit.now.date())
    if written is None:
        return (Say("tanggal_lahir_tidak_terbaca", {"masukan": text[:40]}),)
    if written != _born(person):
        return _wrong(connection, visit, account, person)
    if enrolment.taken_by_other(connection, account, person.id):
        training_id = int(account.expecting["training"])
        return relinking.ask(connection, visit, account.chat_id, person, training_id)
    return enrolment.connect(connection, visit, account, person.id)


def read_birth_date(text: str, today: date) -> date | None:
    """26/09/1986, 26 September 1986, 19860926, or the whole NIP."""
    digits = normalised(text)
    if digits.isdecimal() and len(digits) in {_DATE_DIGITS, _NIP_DIGITS}:
        iso = day(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}", today)
        return iso or day(f"{digits[:2]}-{digits[2:4]}-{digits[4:8]}", today)
    return day(text, today)


def _by_name(training_id: int) -> tuple[Choice, ...]:
    return (
        Choice("pick_name", training_id, key="tombol_pilih_nama"),
        Choice("use_code", training_id, key="tombol_kode_peserta"),
        Choice("not_listed", training_id, key="tombol_tidak_ada"),
    )


def _born(person: people.Person) -> date | None:
    if person.birth_date is not None or person.nip is None:
        return person.birth_date
    return read_birth_date(person.nip, date.max)


def _wrong(
    connection: Connection, visit: Visit, account: Account, person: people.Person
) -> Reactions:
    relinks.note_wrong_date(
        connection, account.chat_id, person.id, visit.now, visit.now - FORGOTTEN_AFTER
    )
    tries = _tries(connection, visit, account, person.id)
    if tries < MOST_TRIES:
        return (Say("tanggal_lahir_salah", {"sisa": MOST_TRIES - tries}),)
    said = Say("percobaan_habis", office_words(visit))
    training_id = int(account.expecting["training"])
    words = {"nama": person.name}
    notes = told.office(
        connection, visit.named, training_id, "tebakan_tanggal_lahir", words, about="missing"
    )
    return (said, *notes) if tries == MOST_TRIES else (said,)


def refused(
    connection: Connection, visit: Visit, account: Account, person_id: int = 0
) -> Reactions:
    """Why that account may not try (that name) now; nothing when it may."""
    if account.person_id is not None:
        return (Say("akun_terhubung", office_words(visit)),)
    if _tries(connection, visit, account, person_id) >= MOST_TRIES:
        return (Say("percobaan_habis", office_words(visit)),)
    return ()


def _tries(connection: Connection, visit: Visit, account: Account, person_id: int) -> int:
    """Of that account with any name, or with that name by any account."""
    since = visit.now - COUNTED_FOR
    return relinks.wrong_tries_since(
        connection, since, chat_id=account.chat_id, person_id=person_id
    )


def _expect(connection: Connection, account: Account, **expecting: Any) -> None:
    kept = {
        name: account.expecting[name] for name in ("class", "phone") if name in account.expecting
    }
    accounts.expect(connection, account.chat_id, {**kept, **expecting})
