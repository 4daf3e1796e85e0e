from dataclasses import replace
from datetime import date

import pytest

from bot.chat.buttons import Press, decode
from bot.chat.contact_screens import BUTTONS, LABELS, contact_screen, minutes_for, sentence_of
from bot.fieldwork.contact_case import ToSend
from tests.chat.staff_desk import TEXTS
from tests.fieldwork.office import STUDY

BASE = ToSend(
    contact_id=1, chat_id=7, language="id", round_id=12, round_kind="followup_alumni", step=0,
    is_invitation=True, is_last=False, half_done=False, name="Siti <Aminah> & Co",
    training_title="Manajemen_Keuangan", ended_on=date(2026, 10, 16), closes_on=date(2027, 2, 3),
    items_left=9, seconds_left=301, alumni=2,
)  # fmt: skip


def reminder(step: int, **changes: object) -> ToSend:
    return replace(BASE, step=step, is_invitation=False, is_last=step == 3, **changes)  # type: ignore[arg-type]


EXTRA = (
    reminder(4, is_extra=True),
    reminder(4, is_extra=True, answered=6, asked=9),
    reminder(4, is_extra=True, half_done=True),
)


@pytest.mark.parametrize(
    ("contact", "key"),
    [
        (EXTRA[0], "ingat_belum_3_umum"),
        (EXTRA[1], "ingat_belum_3"),
        (replace(EXTRA[1], round_kind="followup_superior"), "ingat_belum_3_umum"),
        (replace(EXTRA[1], round_kind="followup_peer"), "ingat_belum_3_umum"),
        (replace(BASE, round_kind="followup_peer"), "undangan_rekan"),
        (EXTRA[2], "ingat_separuh_3"),
        (BASE, "undangan_3bulan"),
        (replace(BASE, round_kind="post_training"), "undangan_pasca"),
        (replace(BASE, round_kind="followup_superior"), "undangan_atasan"),
        (replace(BASE, half_done=True), "ingat_separuh_1"),
        (reminder(1), "ingat_belum_1"),
        (reminder(2), "ingat_belum_2"),
        (reminder(2, round_kind="post_training"), "ingat_belum_2_umum"),
        (reminder(3), "panggilan_terakhir_belum"),
        (reminder(1, half_done=True), "ingat_separuh_1"),
        (reminder(2, half_done=True), "ingat_separuh_2"),
        (reminder(3, half_done=True), "panggilan_terakhir_separuh"),
    ],
)
def test_not_begun_half_done_and_the_last_call_read_differently(contact: ToSend, key: str) -> None:
    assert sentence_of(contact) == key


def test_the_invitation_says_who_writes_about_what_and_until_when() -> None:
    text = contact_screen(TEXTS, STUDY.office, BASE).text
    assert text.startswith("BKPSDMD Kab. Bungo: tindak lanjut Manajemen_Keuangan")
    assert "Siti &lt;Aminah&gt; &amp; Co" in text
    assert "selesai pada Jumat, 16 Oktober 2026" in text
    assert "Sekitar 6 menit, sampai Rabu, 3 Februari 2027." in text


@pytest.mark.parametrize("key", sorted(BUTTONS))
def test_every_button_carries_the_round_and_can_be_read_again(key: str) -> None:
    for action in BUTTONS[key]:
        assert TEXTS.plain(LABELS[action], "id")
    contact = next(
        one
        for one in (
            *(replace(BASE, round_kind=kind) for kind in STUDY.rounds),
            *(reminder(n, round_kind=kind) for n in (1, 2, 3) for kind in STUDY.rounds),
            *(reminder(n, half_done=True) for n in (1, 2, 3)),
            *EXTRA,
        )
        if sentence_of(one) == key
    )
    for (button,) in contact_screen(TEXTS, STUDY.office, contact).buttons:
        press = decode(button.data)
        assert isinstance(press, Press)
        assert press.id == 12


def test_the_first_line_tells_neither_name_nor_alumnus() -> None:
    for kind in STUDY.rounds:
        first = contact_screen(TEXTS, STUDY.office, replace(BASE, round_kind=kind)).text
        assert "Siti" not in first.split("\n")[0]


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (60, 1), (61, 2), (301, 6)])
def test_minutes_are_rounded_up(seconds: int, minutes: int) -> None:
    assert minutes_for(seconds) == minutes
