"""The privacy notice of a round and what a person decides about it. One function is part of one transaction.

1. Consent is asked once per person and round, before the first question, and recorded with the notice's version. A new
   version is asked about again, also in the middle. Each role has a notice of its own, interviews too.
2. A superior first says who fills in: in person, on behalf, or not the right one. The last gives the link back and keeps
   nothing of that account; link and response stay for whoever they were meant for. The same is asked when the link is
   opened (link_opening.py), and again with each round: another may hold the phone by then.
3. Whoever declines gets no reminder, and may change their mind until the round closes.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import TypeGuard
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.errors import NotAllowed, NothingOpen, RoundClosed
from bot.fieldwork import contacting, letter_number, strangers
from bot.fieldwork.dates import long_date
from bot.fieldwork.records import Choice, Reactions, Say, Value, Visit
from bot.store import (
    accounts,
    links,
    people,
    questionnaires,
    raters,
    response_marks,
    responses,
    rounds,
)
from bot.store.accounts import Account
from bot.store.people import Consent
from bot.store.responses import OpenResponse
from bot.survey.progress import remaining
from bot.survey.response import decline
from bot.survey.study import Role

POST_TRAINING = "post_training"
INTERVIEW, ANONYMOUS = "interview", "anonymous"
_NOTICES = {
    "participant": "privasi_pendek", "superior": "privasi_atasan", "peer": "privasi_rekan",
    INTERVIEW: "privasi_wawancara", ANONYMOUS: "privasi_anonim",
}  # fmt: skip
_WHOLE_NOTICES = {
    "participant": "privasi_lengkap", "superior": "privasi_lengkap_penilai",
    "peer": "privasi_lengkap_penilai", INTERVIEW: "privasi_lengkap_wawancara", ANONYMOUS: "privasi_lengkap_anonim",
}  # fmt: skip
_WHO_SEES = {
    "participant": "siapa_melihat", "superior": "siapa_melihat_penilai",
    "peer": "siapa_melihat_penilai", INTERVIEW: "siapa_melihat_wawancara", ANONYMOUS: "siapa_melihat_anonim",
}  # fmt: skip
ON_BEHALF = "1"  # carried by the buttons from the question who fills in to the consent
_LABELS = {
    "agree": "tombol_setuju", "whole_notice": "tombol_selengkapnya", "who_sees": "tombol_siapa",
    "refuse": "tombol_tidak_bersedia", "notice": "tombol_kembali", "self": "tombol_saya_sendiri",
    "behalf": "tombol_mewakili", "not_for_me": "tombol_bukan_untuk_saya",
}  # fmt: skip


def mine_in_round(
    connection: Connection, visit: Visit, account: Account, round_id: int
) -> list[OpenResponse]:
    """That person's responses of that round; the round is open, or this says that it is not."""
    if account.person_id is None:
        raise NothingOpen("mulai_tanpa_tautan", **office_words(visit))
    mine = [
        found
        for found in responses.of_person(connection, account.person_id)
        if found.round_id == round_id
    ]
    if not mine:
        is_others = rounds.of_id(connection, round_id) is not None
        refusal = NotAllowed if is_others else NothingOpen
        raise refusal("tidak_ada_survei", **office_words(visit))
    refuse_closed(visit, account.language, mine[0])
    return mine


def refuse_closed(visit: Visit, language: str, found: OpenResponse) -> None:
    if found.closed(visit.now):
        day = closing_day(found)
        closed_on = long_date(day, language) if isinstance(day, date) else day
        raise RoundClosed("survei_sudah_ditutup", tgl_tutup=closed_on, **office_words(visit))


def closing_day(found: OpenResponse) -> date | str:
    if found.closes_at is None:
        return "-"
    return found.closes_at.astimezone(ZoneInfo(found.zone)).date()


def office_words(visit: Visit) -> dict[str, str]:
    office = visit.study.office
    return {
        "penyelenggara": office.organiser,
        "kontak_koordinator": office.coordinator_contact,
    }


def is_given(connection: Connection, visit: Visit, found: OpenResponse) -> bool:
    """To the notice as it is now."""
    consent = people.last_consent(connection, found.person_id, found.round_id)
    return _is_agreed(consent) and consent.notice_version == visit.study.office.privacy_version


def asked_first(connection: Connection, visit: Visit, mine: Sequence[OpenResponse]) -> Reactions:
    """What must be decided before the first question; nothing when consent was given."""
    if is_given(connection, visit, mine[0]):
        return ()
    former = people.last_consent(connection, mine[0].person_id, mine[0].round_id)
    if _is_agreed(former):
        more = ON_BEHALF if former.on_behalf else ""
        return (Say("privasi_diperbarui"), *notice(connection, visit, mine, more))
    if not asks_who(connection, visit, mine[0]):
        return notice(connection, visit, mine)
    return (_who_fills_in(connection, mine[0]),)


def asks_who(connection: Connection, visit: Visit, found: OpenResponse) -> bool:
    """Of who rates somebody and has not agreed yet: who fills in must be known first."""
    if _role(visit, found) == "participant":
        return False
    return not _is_agreed(people.last_consent(connection, found.person_id, found.round_id))


def notice(
    connection: Connection, visit: Visit, mine: Sequence[OpenResponse], more: str = ""
) -> Reactions:
    found, office = mine[0], visit.study.office
    arguments: Mapping[str, Value | Say] = {
        "nama_pelatihan": found.training_title, "penyelenggara": office.organiser,
        "menit": minutes_left(connection, visit, mine), "k_min": visit.study.k,
        "nomor_surat": letter_number.of_training(connection, visit.study, found.training_id),
        "kalimat_atasan": _about_raters(connection, visit, found),
    }  # fmt: skip
    choices = _choices(found, more, "agree", "whole_notice", "who_sees", "refuse")
    return (Say(_NOTICES[_notice_of(connection, visit, found)], arguments, choices),)


def again(
    connection: Connection, visit: Visit, account: Account, *, round_id: int, more: str, what: str
) -> Reactions:
    """A button of the notice: who fills in, more of the notice, back to it."""
    mine = mine_in_round(connection, visit, account, round_id)
    more = ON_BEHALF if more == ON_BEHALF else ""
    match what:
        case "behalf":
            return notice(connection, visit, mine, ON_BEHALF)
        case "whole_notice":
            return _whole_notice(connection, visit, mine[0], more)
        case "who_sees":
            return _who_sees(connection, visit, mine[0], more)
        case _:
            return notice(connection, visit, mine, more)


def record(connection: Connection, visit: Visit, found: OpenResponse, more: str) -> Say:
    """The person agreed. A second tap on the button finds it recorded."""
    if not is_given(connection, visit, found):
        is_proxy = more == ON_BEHALF
        _record(connection, visit, found, given=True, on_behalf=is_proxy)
        response_marks.set_proxy(connection, found.round_id, found.person_id, proxy=is_proxy)
    local = visit.now.astimezone(ZoneInfo(found.zone))
    return Say("persetujuan_tercatat", {"waktu": local})


def refuse(connection: Connection, visit: Visit, account: Account, round_id: int) -> Reactions:
    mine = mine_in_round(connection, visit, account, round_id)
    unfinished = [found for found in mine if found.response.completed_at is None]
    for found in unfinished:
        decline_one(connection, visit, found)
    if not unfinished:
        return (Say("sudah_lengkap", {"tgl_tutup": closing_day(mine[0])}),)
    _record(connection, visit, mine[0], given=False, on_behalf=False)
    contacting.withdraw(connection, round_id, mine[0].person_id, visit.now, "refused")
    return (Say("menolak", {"tgl_tutup": closing_day(mine[0])}),)


def decline_one(connection: Connection, visit: Visit, found: OpenResponse) -> None:
    held = responses.open_for(connection, found.response.id, found.person_id)
    if held is None or held.response.disposition == "refused":
        return
    questionnaire = questionnaires.of_id(connection, held.questionnaire_id)
    turn = decline(questionnaire, held.response, visit.now.astimezone(ZoneInfo(held.zone)))
    responses.save(connection, held.response, turn, visit.now)


def not_for_me(connection: Connection, visit: Visit, account: Account, round_id: int) -> Reactions:
    """The link reached the wrong person: nothing of that account stays, and the right one can still use it."""
    found = mine_in_round(connection, visit, account, round_id)[0]
    if _is_agreed(people.last_consent(connection, found.person_id, found.round_id)):
        raise NothingOpen("sudah_setuju", **office_words(visit))
    links.give_back(connection, account.chat_id)
    strangers.note_not_mine(connection, visit.now)
    accounts.erase(connection, account.chat_id)
    return (Say("bukan_untuk_saya"),)


def minutes_left(connection: Connection, visit: Visit, mine: Sequence[OpenResponse]) -> int:
    """For all of them together, as far as the branches are known; at least one minute."""
    return max(1, ceil(sum(_seconds_left(connection, visit, found) for found in mine) / 60))


def _whole_notice(
    connection: Connection, visit: Visit, found: OpenResponse, more: str
) -> Reactions:
    office = visit.study.office
    arguments: Mapping[str, Value | Say] = {
        "penyelenggara": office.organiser_long, "lokasi_server": office.server_location,
        "retensi": Say("retensi_bulan", {"n": office.retention_months}),
        "kontak_pdp": office.privacy_contact,
        "versi_privasi": office.privacy_version,
    }  # fmt: skip
    key = _WHOLE_NOTICES[_notice_of(connection, visit, found)]
    return (Say(key, arguments, _choices(found, more, "notice")),)


def _who_sees(connection: Connection, visit: Visit, found: OpenResponse, more: str) -> Reactions:
    words = {"penyelenggara": visit.study.office.organiser, "k_min": str(visit.study.k)}
    key = _WHO_SEES[_notice_of(connection, visit, found)]
    return (Say(key, words, _choices(found, more, "notice")),)


def _seconds_left(connection: Connection, visit: Visit, found: OpenResponse) -> int:
    return remaining(
        questionnaires.of_id(connection, found.questionnaire_id), found.response, visit.now,
        seconds_per_tap=visit.study.seconds_per_tap, seconds_per_text=visit.study.seconds_per_text,
    ).seconds  # fmt: skip


def _who_fills_in(connection: Connection, found: OpenResponse) -> Say:
    person = people.person(connection, found.person_id)
    choices = _choices(found, "", "self", "behalf", "not_for_me")
    return Say("konfirmasi_penerima", {"jabatan_penerima": person.position or person.name}, choices)


def _choices(found: OpenResponse, more: str, *actions: str) -> tuple[Choice, ...]:
    return tuple(Choice(action, found.round_id, more, key=_LABELS[action]) for action in actions)


def _about_raters(connection: Connection, visit: Visit, found: OpenResponse) -> Say | str:
    """What a participant is told about superiors and peers; nothing of those who will not be asked."""
    roles = {plan.role for plan in visit.study.rounds.values()}
    if "superior" not in roles:
        return ""
    is_first = found.round_kind == POST_TRAINING
    with_peers = "peer" in roles and raters.has_peers(connection, found.training_id)
    key = "kalimat_rekan" if with_peers else "kalimat_atasan"
    return Say(f"{key}_pasca" if is_first else f"{key}_tindak_lanjut")


def _record(
    connection: Connection, visit: Visit, found: OpenResponse, *, given: bool, on_behalf: bool
) -> None:
    version = visit.study.office.privacy_version
    people.record_consent(
        connection, found.person_id, found.round_id, Consent(given, on_behalf, version, visit.now)
    )


def _role(visit: Visit, found: OpenResponse) -> Role:
    plan = visit.study.rounds.get(found.round_kind)
    return "participant" if plan is None else plan.role


def _notice_of(connection: Connection, visit: Visit, found: OpenResponse) -> str:
    if questionnaires.of_id(connection, found.questionnaire_id).anonymous:
        return ANONYMOUS
    return INTERVIEW if found.round_kind == INTERVIEW else _role(visit, found)


def _is_agreed(consent: Consent | None) -> TypeGuard[Consent]:
    return consent is not None and consent.given
