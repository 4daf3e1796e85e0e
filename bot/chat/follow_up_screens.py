"""A follow-up round on the coordinator's screen: preview, whole messages, who gets none, other days, confirmed, taken back.

Pure: values in, text and buttons out. The chosen day travels in the buttons, so nothing has to be remembered.
"""

from dataclasses import replace
from datetime import date
from math import ceil

from babel.dates import format_date

from bot.chat.contact_screens import contact_text
from bot.chat.limits import Rates
from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.shortening import shortened as cut
from bot.chat.staff_buttons import Action, encode
from bot.chat.staff_screens import shortened
from bot.chat.texts import Texts
from bot.fieldwork.contact_case import ToSend
from bot.fieldwork.follow_ups import PEERS, TO_TAKE_BACK, Confirmed, Days, Preview, TakenBack
from bot.fieldwork.trainings import StaffPage
from bot.survey.study import Office

NAMED = 10  # people named in a preview; the rest is a number
MOST_UNITS = 3900  # of a message; Telegram takes 4,096
_MINUTE = 60


def choose_follow_up(texts: Texts, page: StaffPage) -> Screen:
    if not page.trainings:
        return Screen(texts.say("tindak_lanjut_tidak_ada", page.language))
    rows = tuple(
        (Button(shortened(one.title), encode("preview", one.id)),) for one in page.trainings
    )
    return Screen(texts.say("tindak_lanjut_pilih", page.language), rows)


def preview(texts: Texts, office: Office, shown: Preview) -> Screen:
    refused = _refusal(texts, shown)
    if refused is not None:
        return refused
    first_line = contact_text(texts, office, shown.sample).partition("\n")[0]
    parts = [
        texts.say(_key("pratinjau_judul", shown), shown.language, judul=shown.training.title),
        _to_whom(texts, shown),
        _when(texts, shown),
        texts.say(_key("pratinjau_pesan", shown), shown.language)
        + f"\n<blockquote>{first_line} …</blockquote>",
    ]
    return Screen("\n\n".join(parts), _preview_buttons(texts, shown))


def whole_messages(texts: Texts, office: Office, shown: Preview) -> Screen:
    """All that one of them may read in this round when nothing is answered."""
    moments = (shown.first_at.date(), *shown.reminders, shown.last_call)
    parts = [texts.say("pesan_lengkap_judul", shown.language, judul=shown.training.title)]
    for step, day in enumerate(moments):
        contact = _step(shown.sample, step, is_last=step == len(moments) - 1)
        quoted = f"<blockquote>{contact_text(texts, office, contact)}</blockquote>"
        parts.append(f"<b>{_short(day, shown.language)}</b>\n{quoted}")
    return Screen(cut("\n\n".join(parts), MOST_UNITS), (_back(texts, shown.language, shown),))


def who_gets_none(texts: Texts, shown: Preview) -> Screen:
    """Names only of those who are not connected yet; blocking or refusing is nobody's business but theirs."""
    language = shown.language
    lines = [texts.say("tidak_dikirim_judul", language, judul=shown.training.title)]
    if shown.not_connected:
        lines.append(texts.say("tidak_dikirim_belum", language, n=len(shown.not_connected)))
        lines += [texts.say("baris_nama", language, nama=name) for name in shown.not_connected]
    for key, count in (("pratinjau_blokir", shown.blocked), ("pratinjau_henti", shown.opted_out)):
        if count:
            lines.append(texts.say(key, language, n=count))
    if len(lines) == 1:
        lines.append(texts.say("tidak_dikirim_kosong", language))
    elif shown.blocked or shown.opted_out:
        lines.append(texts.say("tidak_dikirim_tanpa_nama", language))
    return Screen(cut("\n".join(lines), MOST_UNITS), (_back(texts, language, shown),))


def choose_day(texts: Texts, found: Days) -> Screen:
    language = found.language
    rows: list[tuple[Button, ...]] = [
        (Button(texts.plain("tombol_sekarang", language), _data("preview", found)),)
    ]
    if found.planned_on is not None:
        label = texts.plain(
            "tombol_sesuai_rencana", language, tgl=_short(found.planned_on, language)
        )
        rows.append((Button(label, _data("preview", found, found.planned_on)),))
    offered = [Button(_short(day, language), _data("preview", found, day)) for day in found.days]
    rows += [tuple(offered[at : at + 3]) for at in range(0, len(offered), 3)]
    return Screen(texts.say("ubah_jadwal", language, **_words(texts, found)), tuple(rows))


def confirmed(texts: Texts, done: Confirmed) -> Screen:
    shown, language = done.preview, done.preview.language
    words = _words(texts, shown)
    if shown.state in {"running", "nobody"}:
        return _refusal(texts, shown) or Screen("")
    if done.opens_at is None:
        return Screen(texts.say("sudah_dibuka", language, **words))
    undo = (_button(texts, "tombol_batalkan_kirim", "undo", shown),)
    if not done.by_now:
        said = texts.say("sudah_dikonfirmasi", language, waktu=done.opens_at, **words)
        return Screen(said, (undo,))
    return Screen(_sent_from(texts, shown), (undo,))


def taken_back(texts: Texts, done: TakenBack) -> Screen:
    language, words = done.language, _words(texts, done)
    if not done.done:
        detail = encode("detail", done.training.id)
        back = Button(texts.plain("tombol_rinci_saja", language), detail)
        return Screen(texts.say("terlambat_dibatalkan", language, **words), ((back,),))
    key = "kirim_dibatalkan" if done.planned_on is None else "kirim_dibatalkan_rencana"
    return Screen(texts.say(key, language, tgl=done.planned_on or "", **words))


def _sent_from(texts: Texts, shown: Preview) -> str:
    language, words = shown.language, _words(texts, shown)
    if shown.day is not None:
        return texts.say("dijadwalkan", language, n=shown.to_send, mulai=shown.first_at, **words)
    return texts.say(
        "akan_dikirim", language, n=shown.to_send, mulai=shown.first_at,
        detik=int(TO_TAKE_BACK.total_seconds()), **words,
    )  # fmt: skip


def _preview_buttons(texts: Texts, shown: Preview) -> Rows:
    language, day = shown.language, shown.day
    rows: list[tuple[Button, ...]] = []
    if shown.to_send:
        label = texts.plain("tombol_kirim", language, n=shown.to_send)
        rows.append((Button(label, _data("send", shown, day)),))
    rows.append(
        (Button(texts.plain("tombol_pesan_lengkap", language), _data("whole", shown, day)),)
    )
    if len(shown.not_connected) + shown.blocked + shown.opted_out:
        rows.append(
            (Button(texts.plain("tombol_siapa_tidak", language), _data("missed", shown, day)),)
        )
    rows.append((_button(texts, "tombol_ubah_jadwal", "days", shown),))
    rows.append((_button(texts, "tombol_batal", "cancel", shown),))
    return tuple(rows)


def _refusal(texts: Texts, shown: Preview) -> Screen | None:
    language, words = shown.language, _words(texts, shown)
    match shown.state:
        case "running":
            day = shown.training.ended_on
            return Screen(texts.say("belum_selesai", language, tgl=day, **words))
        case "nobody":
            return Screen(texts.say("rekan_belum_ada", language, **words))
        case "open":
            return Screen(texts.say("sudah_dibuka", language, **words))
        case "confirmed":
            undo = (_button(texts, "tombol_batalkan_kirim", "undo", shown),)
            return Screen(texts.say("sudah_menunggu", language, **words), (undo,))
        case "free":
            return None


def _to_whom(texts: Texts, shown: Preview) -> str:
    language = shown.language
    minutes = max(1, ceil(shown.to_send / Rates().overall_per_second / _MINUTE))
    lines = [
        texts.say(
            _key("pratinjau_dikirim", shown), language, n=shown.to_send, mulai=shown.first_at,
            menit=minutes, penilaian=shown.ratings,
        )
    ]  # fmt: skip
    missed = len(shown.not_connected) + shown.blocked + shown.opted_out
    if missed:
        lines.append(texts.say("pratinjau_tidak", language, n=missed))
    if shown.not_connected:
        names = _names(texts, language, shown.not_connected)
        count = len(shown.not_connected)
        lines.append(texts.say("pratinjau_belum", language, n=count, nama=names))
    for key, count in (("pratinjau_blokir", shown.blocked), ("pratinjau_henti", shown.opted_out)):
        if count:
            lines.append(texts.say(key, language, n=count))
    return "\n".join(lines)


def _when(texts: Texts, shown: Preview) -> str:
    language = shown.language
    reminders = ", ".join(_short(day, language) for day in shown.reminders)
    lines = [
        texts.say(
            "pratinjau_jadwal", language, pengingat=reminders,
            terakhir=_short(shown.last_call, language), tgl_tutup=shown.closes_on,
        )
    ]  # fmt: skip
    if shown.superiors_open_on is not None and shown.superior_pairs:
        one = shown.training
        lines.append(
            texts.say(
                "pratinjau_atasan", language, pasangan=shown.superior_pairs, atasan=one.superiors,
                tgl_buka=shown.superiors_open_on, belum=one.superiors - one.superiors_connected,
            )
        )  # fmt: skip
    return "\n".join(lines)


def _names(texts: Texts, language: str, names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return texts.plain("pratinjau_dan_lain", language, nama=shown, n=more) if more > 0 else shown


def _step(sample: ToSend, step: int, *, is_last: bool) -> ToSend:
    return replace(sample, step=step, is_invitation=step == 0, is_last=is_last)


def _short(day: date, language: str) -> str:
    return format_date(day, "EEE d MMM", locale=language)


def _back(texts: Texts, language: str, shown: Preview) -> tuple[Button, ...]:
    return (Button(texts.plain("tombol_kembali", language), _data("preview", shown, shown.day)),)


def _button(texts: Texts, key: str, action: Action, shown: Preview) -> Button:
    return Button(texts.plain(key, shown.language), _data(action, shown))


def _data(action: Action, shown: Preview | Days, day: date | None = None) -> str:
    return encode(action, shown.training.id, day, of_peers=shown.kind == PEERS)


def _key(key: str, shown: Preview) -> str:
    return f"{key}_rekan" if shown.of_peers else key


def _words(texts: Texts, shown: Preview | Days | TakenBack) -> dict[str, str]:
    """Which round of which training, and how to come back to it."""
    of_peers = shown.kind == PEERS
    round_ = texts.plain("kirim_rekan" if of_peers else "kirim_alumni", shown.language)
    command = "/pelatihan" if of_peers else "/tindaklanjut"
    return {"judul": shown.training.title, "putaran": round_, "perintah": command}
