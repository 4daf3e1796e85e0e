"""What the notice promises: to see, correct and erase one's data, and to stop. One function is part of one transaction.

1. /datasaya gives all that is held about the person, as a file, after asking; never what a superior answered about the
   person, because the superior was promised that. How many such ratings there are is said.
2. /koreksi is a request that needs a person (requests.py).
3. /hapus really deletes, after one confirmation, also ratings about the person; only that a deletion happened is kept.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NotEnrolled
from bot.fieldwork import answering, consent, contacting, erasures, finishing, requests
from bot.fieldwork.records import Choice, File, MyData, Reactions, Say, Visit
from bot.store import accounts, people, personal_data, questionnaires, responses
from bot.store import requests as stored_requests
from bot.store.accounts import Account
from bot.store.people import Person
from bot.survey.questionnaire import in_language

EXPECTING_CORRECTION = "correction"
LONGEST_CORRECTION = 1000


def my_data(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """On a shared phone a file in the chat is read by others: so it is asked first."""
    _me(connection, visit, account)
    return (Say("datasaya_tanya", {}, (_choice("data_file", "kirim_berkas"), _cancel())),)


def data_file(connection: Connection, visit: Visit, account: Account) -> Reactions:
    me = _me(connection, visit, account)
    held = {
        **personal_data.held(connection, me.id),
        "jejak_pemrosesan": personal_data.trail(connection, me.id),
    }
    _tell_questions(connection, me.id, account.language, held)
    document = _document(held, visit)
    written = json.dumps(document, ensure_ascii=False, indent=2, default=_spelt)
    page = MyData(document, visit.study.office.zone)
    return (page, File(written.encode(), "data-saya.json", "datasaya_mesin"))


def correct(connection: Connection, visit: Visit, account: Account) -> Reactions:
    me = _me(connection, visit, account)
    accounts.expect(connection, account.chat_id, {"what": EXPECTING_CORRECTION})
    words = consent.office_words(visit) | {
        "nama": me.name, "unit": me.unit or "-", "jabatan": me.position or "-",
    }  # fmt: skip
    return (Say("koreksi", words, (_cancel(),)),)


def typed_correction(
    connection: Connection, visit: Visit, account: Account, text: str
) -> Reactions:
    me = _me(connection, visit, account)
    wish = text.strip()[:LONGEST_CORRECTION]
    due = requests.ask_correction(connection, me.code, wish, visit.now)
    accounts.expect(connection, account.chat_id, {})
    local = due.astimezone(ZoneInfo(visit.study.office.zone))
    contact = visit.study.office.privacy_contact
    return (Say("koreksi_tercatat", {"waktu": local, "kontak_pdp": contact}),)


def stop(connection: Connection, visit: Visit, account: Account) -> Reactions:
    _me(connection, visit, account)
    choices = (
        _choice("stop_survey", "berhenti_survei"), _choice("stop_contact", "jangan_hubungi"),
        _choice("erase", "hapus_jawaban"), _cancel(),
    )  # fmt: skip
    return (Say("berhenti", {}, choices),)


def stop_survey(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """The survey in the chat; when there is none, all that are open."""
    me = _me(connection, visit, account)
    unfinished = finishing.unfinished(connection, me.id, visit.now)
    active = [found for found in unfinished if found.response.id == account.response_id]
    said: Reactions = (Say("tidak_ada_yang_dihentikan"),)
    for round_id in {found.round_id: None for found in active or unfinished}:
        said = consent.refuse(connection, visit, account, round_id)
    return said


def stop_contact(connection: Connection, visit: Visit, account: Account) -> Reactions:
    me = _me(connection, visit, account)
    people.stop_contact(connection, me.id, visit.now)
    contacting.withdraw_everywhere(connection, me.id, visit.now)
    return (Say("tidak_dihubungi"),)


def ask_erase(connection: Connection, visit: Visit, account: Account) -> Reactions:
    if (
        account.person_id is None
    ):  # nothing is kept but that this chat wrote to us: that goes at once
        erasures.erase_chat(connection, account.chat_id)
    _me(connection, visit, account)
    return (Say("hapus_konfirmasi", {}, (_choice("erase_yes", "ya_hapus"), _cancel())),)


def erase(connection: Connection, visit: Visit, account: Account) -> Reactions:
    me = _me(connection, visit, account)
    erasures.erase_person(connection, visit.secret, me.id, visit.now)
    stored_requests.note_done(connection, "erasure", visit.now)
    return (Say("hapus_selesai"),)


def cancel(connection: Connection, visit: Visit, account: Account) -> Reactions:
    if account.expecting:
        accounts.expect(connection, account.chat_id, {})
    return answering.show(connection, visit, account) or (Say("batal"),)


def _me(connection: Connection, visit: Visit, account: Account) -> Person:
    if account.person_id is None:
        raise NotEnrolled("belum_ada_data", **consent.office_words(visit))
    return people.person(connection, account.person_id)


def _tell_questions(
    connection: Connection, person_id: int, language: str, held: Mapping[str, Any]
) -> None:
    """Beside each answer the question as it was asked, and the words of the option."""
    forms = {
        found.response.id: questionnaires.of_id(connection, found.questionnaire_id)
        for found in responses.of_person(connection, person_id)
    }
    for row in (*held["jawaban"], *held["jawaban_yang_diganti"]):
        form = forms[row["response_id"]]
        item = next((one for one in form.items if one.name == row["item"]), None)
        if item is not None:
            row["pertanyaan"] = in_language(item.labels, language)
            words = [item.option(code) for code in row["value"].split()]
            row["arti"] = "; ".join(in_language(one.labels, language) for one in words if one)


def _document(held: Mapping[str, Any], visit: Visit) -> Mapping[str, Any]:
    return {
        "dibuat": visit.now,
        "pengendali_data": visit.study.office.organiser_long,
        "kontak": visit.study.office.privacy_contact,
        **held,
    }


def _spelt(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written")


def _choice(action: str, word: str) -> Choice:
    return Choice(action, key=f"tombol_{word}")


def _cancel() -> Choice:
    return _choice("cancel", "urung")
