"""How an invitation or a reminder reads: a ToSend becomes text and buttons. Pure; whether it is sent is decided elsewhere."""

from bot.chat.buttons import press_data
from bot.chat.outgoing import Button, Rows, Screen
from bot.chat.texts import Texts
from bot.fieldwork.contact_case import ToSend
from bot.survey.study import Office

INVITATIONS = {
    "post_training": "undangan_pasca",
    "followup_alumni": "undangan_3bulan",
    "followup_superior": "undangan_atasan",
    "followup_peer": "undangan_rekan",
    "interview": "undangan_wawancara",
}
# Which buttons stand under which sentence, one a row, after domain/TEXTS.md.
BUTTONS: dict[str, tuple[str, ...]] = {
    "undangan_pasca": ("begin", "evening", "morning"),
    "undangan_3bulan": ("begin", "tomorrow", "other_time", "refuse"),
    "undangan_atasan": ("begin", "tomorrow", "refuse"),
    "undangan_rekan": ("begin", "tomorrow", "refuse"),
    "undangan_wawancara": ("begin", "call", "other_time", "give_up"),
    "ingat_belum_1": ("begin", "tomorrow", "other_time", "refuse"),
    "ingat_belum_2": ("begin", "other_time", "refuse"),
    "ingat_belum_2_umum": ("begin", "other_time", "refuse"),
    "ingat_separuh_1": ("resume", "tomorrow", "other_time"),
    "ingat_separuh_2": ("resume", "other_time", "enough"),
    "ingat_belum_3": ("begin", "refuse"),
    "ingat_belum_3_umum": ("begin", "refuse"),
    "ingat_separuh_3": ("resume", "enough"),
    "panggilan_terakhir_belum": ("begin", "refuse"),
    "panggilan_terakhir_separuh": ("resume", "enough"),
}
LABELS = {
    "begin": "tombol_kontak_mulai",
    "resume": "tombol_kontak_lanjutkan",
    "tomorrow": "tombol_kontak_besok",
    "other_time": "tombol_kontak_waktu",
    "refuse": "tombol_kontak_tolak",
    "enough": "tombol_kontak_cukup",
    "call": "tombol_kontak_telepon",
    "give_up": "tombol_kontak_tidak_jadi",
    "evening": "tombol_kontak_sore",
    "morning": "tombol_kontak_pagi",
}
_DOES = {"resume": "begin", "give_up": "refuse"}  # another word for the same
_SECONDS = 60


def contact_screen(texts: Texts, office: Office, contact: ToSend) -> Screen:
    text = contact_text(texts, office, contact)
    if contact.news is not None:
        return Screen(text)
    return Screen(text, _buttons(texts, sentence_of(contact), contact))


def contact_text(texts: Texts, office: Office, contact: ToSend) -> str:
    if contact.news is not None:
        told, language = contact.news, contact.language
        return news_text(texts, office, language, contact.training_title, contact.answered, told)
    minutes = minutes_for(contact.seconds_left)
    return texts.say(
        sentence_of(contact),
        contact.language,
        penyelenggara=office.organiser,
        nama_pelatihan=contact.training_title,
        nama=contact.name,
        nomor_surat=contact.letter_number or office.letter_number,
        tgl_pelatihan=contact.ended_on,
        tgl_tutup=contact.closes_on,
        menit=minutes,
        menit_sisa=minutes,
        sisa=contact.items_left,
        jumlah_alumni=contact.alumni,
        jumlah_selesai=contact.answered,
        jumlah_peserta=contact.asked,
    )


def news_text(  # noqa: PLR0917  # a pure function of what it says
    texts: Texts,
    office: Office,
    language: str,
    title: str,
    answered: int,
    told: tuple[str, str, str],
) -> str:
    finding, barrier, plan = told
    return texts.say(
        "kabar_hasil", language, penyelenggara=office.organiser, nama_pelatihan=title, n=answered,
        temuan_1=finding, hambatan_utama=barrier, rtl_1=plan,
    )  # fmt: skip


def sentence_of(contact: ToSend) -> str:
    """Not begun and half done read differently; no two messages of a round are the same."""
    if contact.is_last:
        return "panggilan_terakhir_separuh" if contact.half_done else "panggilan_terakhir_belum"
    if contact.is_extra:
        return _extra(contact)
    if contact.half_done:
        return "ingat_separuh_1" if contact.step <= 1 else "ingat_separuh_2"
    if contact.is_invitation:
        return INVITATIONS.get(contact.round_kind, "undangan_3bulan")
    if contact.step <= 1:
        return "ingat_belum_1"
    return "ingat_belum_2" if contact.round_kind == "followup_alumni" else "ingat_belum_2_umum"


def _extra(contact: ToSend) -> str:
    if contact.half_done:
        return "ingat_separuh_3"
    is_told = contact.asked and contact.round_kind not in {"followup_superior", "followup_peer"}
    return "ingat_belum_3" if is_told else "ingat_belum_3_umum"


def minutes_for(seconds: int) -> int:
    return max(1, -(-seconds // _SECONDS))


def _buttons(texts: Texts, key: str, contact: ToSend) -> Rows:
    return tuple(
        (
            Button(
                texts.plain(LABELS[action], contact.language),
                press_data(_DOES.get(action, action), contact.round_id),
            ),
        )
        for action in _actions(key, contact)
    )


def _actions(key: str, contact: ToSend) -> tuple[str, ...]:
    """A reminder of an interview offers the call again."""
    actions = BUTTONS[key]
    if contact.round_kind != "interview" or contact.half_done or "call" in actions:
        return actions
    return (actions[0], "call", *actions[1:])
