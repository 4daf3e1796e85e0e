"""A notice of the survey as a line of a card: its mark, why, and what follows from it. Pure."""

from collections.abc import Mapping

from bot.chat.texts import Texts
from bot.survey.prompts import Notice

# Said over the chat when it was a tap, not within the card: the card itself has nothing wrong.
ALERTS = frozenset({"tombol_lama", "tombol_lama_selesai", "terlalu_banyak_pilihan", "pilih_dahulu"})

# What is no warning: good news carries a tick, a question back nothing.
MARKS: Mapping[str, str] = {
    "tulisan_diterima": "✓ ", "gali": "✓ ", "suara_diterima": "✓ ", "jawaban_diubah": "✓ ",
    "maksud_angka": "", "maksud_jam": "", "jam_hari_itu": "", "sambung_jawaban": "",
    "tulis_lainnya_sekarang": "", "yakin_dilewati": "",
}  # fmt: skip


def notice_line(texts: Texts, language: str, notice: Notice | None, *, after_tap: bool) -> str:
    if notice is None or (after_tap and notice.key in ALERTS):
        return ""
    said = [
        texts.say(one.key, language, **one.arguments) for one in (notice.because, notice) if one
    ]
    return MARKS.get(notice.key, "⚠ ") + " ".join(said)
