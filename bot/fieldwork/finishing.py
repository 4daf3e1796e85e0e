"""The end of an interview: the thanks, until when it may be changed, and what is open next. Reads only."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork import consent
from bot.fieldwork.records import Choice, Reactions, Say, Visit
from bot.store import people, questionnaires, responses
from bot.store.accounts import Account
from bot.store.responses import OpenResponse
from bot.survey.case_selection import INTERVIEW
from bot.survey.prompts import Thank

# What the thanks say about the future, by kind of round; for any other, what the author wrote.
_NEXT_SENTENCE = {
    "post_training": "berikutnya_pasca",
    "followup_alumni": "berikutnya_3bulan",
    "followup_superior": "berikutnya_atasan",
    "followup_peer": "berikutnya_atasan",
}
_ENDS = {
    "refused": "menolak",
    "ineligible": "tidak_memenuhi_syarat",
    "wrong_person": "bukan_penilai",
}


def thanks(connection: Connection, visit: Visit, found: OpenResponse, prompt: Thank) -> Reactions:
    is_released = _is_released(connection, found)
    choices = () if is_released else _choices(found)
    say = _ended(visit, found, prompt, released=is_released)
    following = unfinished(connection, found.person_id, visit.now)
    waiting = [
        other
        for other in following
        if other.response.id != found.response.id and other.response.disposition != "refused"
    ]
    if not waiting:
        return (Say(say.key, say.arguments, choices),)
    words = consent.office_words(visit) | {"judul": title(waiting[0])}
    go_on = Choice("take", waiting[0].response.id, key="tombol_lanjutkan")
    return (say, Say("survei_berikutnya", words, (go_on, *choices)))


def unfinished(connection: Connection, person_id: int, now: datetime) -> list[OpenResponse]:
    """Open responses without an end, the declined ones last."""
    found = [
        one
        for one in responses.of_person(connection, person_id)
        if not one.closed(now) and is_unfinished(one)
    ]
    return sorted(found, key=lambda one: one.response.disposition == "refused")


def is_unfinished(found: OpenResponse) -> bool:
    """Also one that was complete, when an edit opened further questions."""
    if found.released:
        return False
    return found.response.completed_at is None or found.response.stage == "asking"


def title(found: OpenResponse) -> str:
    """How a person tells one survey from another: the training, and whom it is about."""
    return (
        f"{found.about_name}: {found.training_title}" if found.about_name else found.training_title
    )


def nothing_left(connection: Connection, visit: Visit, account: Account) -> Reactions:
    """To whom has nothing to answer: what was answered last can still be changed, or nothing is open."""
    if account.person_id is None:
        return (Say("mulai_tanpa_tautan", consent.office_words(visit)),)
    finished = [
        found
        for found in responses.of_person(connection, account.person_id)
        if not found.closed(visit.now)
    ]
    if not finished:
        person = people.person(connection, account.person_id)
        return (Say("belum_ada_survei", {"nama": person.name} | consent.office_words(visit)),)
    last = finished[-1]
    words = {"judul": title(last), "tgl_tutup": consent.closing_day(last)}
    if _is_released(connection, last):
        return (Say("jawaban_dilepas", consent.office_words(visit)),)
    return (Say("semua_terisi", words, _choices(last)),)


def _ended(visit: Visit, found: OpenResponse, prompt: Thank, *, released: bool) -> Say:
    closing = consent.closing_day(found)
    if prompt.end:
        return Say(_ENDS[prompt.end], {"tgl_tutup": closing})
    if released:
        return Say("terima_kasih_dilepas")
    done_at = (found.response.completed_at or visit.now).astimezone(ZoneInfo(found.zone))
    key = "terima_kasih" if found.response.disposition == "complete" else "terima_kasih_sebagian"
    return Say(
        key, {"waktu": done_at, "tgl_tutup": closing, "kalimat_berikutnya": _future(found, prompt)}
    )


def _future(found: OpenResponse, prompt: Thank) -> Say | str:
    """A form's own closing words; without any, what the round's kind lets expect."""
    key = _NEXT_SENTENCE.get(found.round_kind)
    return Say(key) if key and not prompt.text else prompt.text


def _is_released(connection: Connection, found: OpenResponse) -> bool:
    """Its answers are with nobody any more, or go with this very word of thanks."""
    form = questionnaires.of_id(connection, found.questionnaire_id)
    return found.released or (form.anonymous and found.response.completed_at is not None)


def _choices(found: OpenResponse) -> tuple[Choice, ...]:
    if found.response.completed_at is None:
        return ()
    named = [("look", "lihat_jawaban"), ("change", "ubah_jawaban")]
    if found.round_kind == INTERVIEW:
        named.append(("quotes", "lihat_kutipan"))
    return tuple(Choice(action, found.response.id, key=f"tombol_{word}") for action, word in named)
