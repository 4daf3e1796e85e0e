"""How colleagues come and go: one-time links, hand-over, removal; each refusal with its own sentence."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.chat.staff_buttons import encode, invited_data, office_data
from bot.clock import FollowedClock
from bot.fieldwork import staff
from bot.fieldwork.staff import Named
from bot.store import audit
from bot.store import staff as stored
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, STRANGER, desk_on
from tests.fieldwork.office import import_class, participant, roster

NEW, OTHER = 601, 602


def office(database: Database) -> Phones:
    return Phones(desk_on(database))


def later(phones: Phones, hours: float) -> None:
    phones.desk = replace(phones.desk, clock=FollowedClock(NOW + timedelta(hours=hours)))


async def role(database: Database, who: int) -> str:
    found = await database.run(staff.who_is, office(database).desk.named, who)
    return "" if found is None else found.role


async def refused_why(database: Database) -> str:
    line = (await database.run(audit.latest, 1))[0]
    assert line.action == "refused"
    return str(line.detail["why"])


async def invite(phones: Phones, button: str, who: int = ADMINISTRATOR) -> str:
    await phones.write(who, "/petugas")
    await phones.tap(who, button)
    return phones.link(who)


async def hired(phones: Phones, button: str, who: int = NEW) -> None:
    link = await invite(phones, button)
    await phones.write(who, f"/start {link}")
    await phones.tap(who, "Terima")


async def two_trainings(database: Database) -> tuple[int, int]:
    first = await database.run(import_class)
    other = roster(code="ARS-2026-1", title="Kearsipan", cohort="", participants=(participant(7),))
    return first, await database.run(import_class, other)


async def given(phones: Phones, title: str, who: int = NEW) -> None:
    """Invited to that training only."""
    await phones.write(ADMINISTRATOR, "/petugas")
    await phones.tap(ADMINISTRATOR, "koordinator (satu)")
    await phones.tap(ADMINISTRATOR, title)
    await phones.write(who, f"/start {phones.link(ADMINISTRATOR)}")
    await phones.tap(who, "Terima")


async def test_an_invited_administrator_is_told_the_duty_accepts_and_gets_the_commands(
    database: Database,
):
    phones = office(database)
    link = await invite(phones, "administrator")
    asked = await phones.write(NEW, f"/start {link}")
    assert "Ratna mengundang Bapak/Ibu menjadi administrator" in asked
    assert await role(database, NEW) == ""
    assert "/petugas" in await phones.tap(NEW, "Terima")
    assert await role(database, NEW) == "administrator"
    assert {"petugas", "ringkasan", "pelatihan"} <= set(phones.commands(NEW, "en"))
    assert "Orang 601 (akun 601) menerima undangan" in phones.text(ADMINISTRATOR)
    assert "Orang 601 (akun 601), administrator" in await phones.write(NEW, "/petugas")


async def test_a_coordinator_of_one_training_sees_that_one_only(database: Database):
    phones = office(database)
    await two_trainings(database)
    await given(phones, "Kearsipan")
    shown = await phones.write(NEW, "/pelatihan")
    assert "Kearsipan" in shown
    assert "Keuangan" not in shown
    assert "petugas" not in phones.commands(NEW)


async def test_the_forwarded_message_says_until_when_and_the_link_is_kept_as_a_hash(
    database: Database,
):
    phones = office(database)
    link = await invite(phones, "koordinator (semua)")
    assert "Kamis, 14 Januari 2027 pukul 08.45 WIB" in phones.text(ADMINISTRATOR)
    assert link.startswith("s")
    assert len(link) == 23


async def test_the_same_tap_delivered_again_shows_the_same_link(database: Database):
    phones = office(database)
    shown = [await phones.press(ADMINISTRATOR, office_data("all"), number=1) for _ in range(2)]
    assert shown[0] == shown[1]
    waiting = await phones.write(ADMINISTRATOR, "/petugas")
    assert waiting.count("- nomor") == 1


@pytest.mark.parametrize("action", ["share", "pass"])
async def test_two_taps_at_once_make_one_invitation_and_a_later_one_makes_another(
    database: Database, action: str
):
    phones = office(database)
    training_id, _ = await two_trainings(database)
    await given(phones, "Keuangan")
    data = encode(action, training_id)
    await asyncio.gather(*(phones.press(NEW, data) for _ in range(3)))
    links = {screen.text for screen in phones.screens[NEW] if "start=" in screen.text}
    assert len(links) == 1
    later(phones, 0.01)
    await phones.press(NEW, data)
    assert phones.text(NEW) not in links
    waiting = await phones.write(ADMINISTRATOR, "/petugas")
    assert waiting.count("- nomor") == 2


async def test_a_withdrawn_invitation_is_not_shown_again_by_the_next_tap(database: Database):
    phones = office(database)
    link = await invite(phones, "administrator")
    await phones.tap(ADMINISTRATOR, "Batalkan undangan")
    assert await invite(phones, "administrator") != link


@pytest.mark.parametrize(
    ("opened_by", "hours", "key", "sentence"),
    [
        (NEW, 24, "undangan_kedaluwarsa", "sudah habis"),
        (ADMINISTRATOR, 1, "undangan_sendiri", "buatan Bapak/Ibu sendiri"),
        (COORDINATOR, 1, "undangan_sudah_petugas", "sudah memegang tugas itu"),
    ],
)
async def test_a_link_that_cannot_be_taken_says_why_and_is_not_used_up(
    database: Database, opened_by: int, hours: int, key: str, sentence: str
):
    phones = office(database)
    link = await invite(phones, "koordinator (semua)")
    later(phones, hours)
    assert sentence in await phones.write(opened_by, f"/start {link}")
    assert await refused_why(database) == key
    await phones.press(opened_by, invited_data("accept", link))
    assert await refused_why(database) == key


async def test_a_used_link_is_refused_to_another_account_and_answered_to_its_own(
    database: Database,
):
    phones = office(database)
    link = await invite(phones, "koordinator (semua)")
    await phones.write(NEW, f"/start {link}")
    await phones.tap(NEW, "Terima")
    assert "sudah dipakai akun lain" in await phones.write(OTHER, f"/start {link}")
    assert "sudah dipakai akun lain" in await phones.press(OTHER, invited_data("accept", link))
    assert "sudah Bapak/Ibu terima" in await phones.write(NEW, f"/start {link}")
    assert await role(database, OTHER) == ""


async def test_an_unknown_or_cut_off_link_is_refused_and_logged_without_the_account(
    database: Database,
):
    phones = office(database)
    assert "tidak kami kenali" in await phones.write(STRANGER, "/start sXXXX")
    line = (await database.run(audit.latest, 1))[0]
    assert line.detail["why"] == "undangan_tidak_dikenal"
    assert str(STRANGER) not in line.actor


async def test_two_who_tap_at_once_do_not_both_get_in(database: Database):
    phones = office(database)
    link = await invite(phones, "koordinator (semua)")
    for who in (NEW, OTHER):
        await phones.write(who, f"/start {link}")
    shown = await asyncio.gather(*(phones.tap(who, "Terima") for who in (NEW, OTHER)))
    roles = [await role(database, who) for who in (NEW, OTHER)]
    assert sorted(roles) == ["", "coordinator"]
    assert "sudah dipakai akun lain" in shown[roles.index("")]


async def test_the_same_acceptance_delivered_again_is_answered_the_same_way(database: Database):
    phones = office(database)
    link = await invite(phones, "koordinator (semua)")
    data = invited_data("accept", link)
    assert await phones.press(NEW, data, number=1) == await phones.press(NEW, data, number=1)


async def test_who_is_not_meant_says_so_and_the_link_stays_good(database: Database):
    phones = office(database)
    link = await invite(phones, "koordinator (semua)")
    await phones.write(OTHER, f"/start {link}")
    assert "tidak ada yang berubah" in await phones.tap(OTHER, "Bukan saya")
    assert await role(database, OTHER) == ""
    await phones.write(NEW, f"/start {link}")
    await phones.tap(NEW, "Terima")
    assert await role(database, NEW) == "coordinator"


async def test_a_withdrawn_invitation_no_longer_works(database: Database):
    phones = office(database)
    link = await invite(phones, "administrator")
    assert "dibatalkan" in await phones.tap(ADMINISTRATOR, "Batalkan undangan")
    assert "sudah dibatalkan" in await phones.write(NEW, f"/start {link}")
    assert await role(database, NEW) == ""


async def test_an_invitation_ends_with_the_right_of_who_made_it(database: Database):
    phones = office(database)
    await hired(phones, "administrator")
    link = await invite(phones, "koordinator (semua)", who=NEW)
    await phones.write(ADMINISTRATOR, "/petugas")
    await phones.tap(ADMINISTRATOR, "Berhentikan Orang 601")
    await phones.tap(ADMINISTRATOR, "Ya, berhentikan")
    assert "sudah dibatalkan" in await phones.write(OTHER, f"/start {link}")


async def test_an_invitation_of_an_administrator_whom_the_settings_no_longer_name_is_void(
    database: Database,
):
    phones = office(database)
    link = await invite(phones, "administrator")
    phones.desk = replace(phones.desk, named=Named(frozenset({999})))
    assert "sudah dibatalkan" in await phones.write(NEW, f"/start {link}")


async def test_a_removed_coordinator_is_told_loses_the_menu_and_old_buttons_do_nothing(
    database: Database,
):
    phones = office(database)
    training_id, _ = await two_trainings(database)
    await hired(phones, "koordinator (semua)")
    await phones.write(NEW, "/pelatihan")
    await phones.write(ADMINISTRATOR, "/petugas")
    asked = await phones.tap(ADMINISTRATOR, "Berhentikan Orang 601")
    assert "Orang 601 (akun 601), koordinator: semua pelatihan" in asked
    assert await role(database, NEW) == "coordinator"
    await phones.tap(ADMINISTRATOR, "Ya, berhentikan")
    assert "sudah berakhir" in phones.text(NEW)
    assert phones.commands(NEW) == []
    assert "hanya untuk petugas" in await phones.press(NEW, encode("send", training_id))
    line = (await database.run(audit.latest, 1))[0]
    assert (line.actor, line.detail["wanted"]) == (str(NEW), "trigger follow-up")


async def test_a_removal_delivered_again_says_the_same(database: Database):
    phones = office(database)
    await hired(phones, "koordinator (semua)")
    data = office_data("remove", NEW)
    shown = [await phones.press(ADMINISTRATOR, data, number=1) for _ in range(2)]
    assert "tidak lagi menjadi petugas" in shown[0]
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (COORDINATOR, "ditetapkan operator"),
        (ADMINISTRATOR, "ditetapkan operator"),
        (STRANGER, "sudah bukan petugas"),
    ],
)
async def test_who_cannot_be_removed_stays_and_it_is_said_why(
    database: Database, who: int, sentence: str
):
    phones = office(database)
    before = await role(database, who)
    assert sentence in await phones.press(ADMINISTRATOR, office_data("remove", who))
    assert await role(database, who) == before


async def test_the_last_administrator_stays(database: Database):
    phones = office(database)
    await hired(phones, "administrator")
    phones.desk = replace(phones.desk, named=Named())
    assert "administrator terakhir" in await phones.press(NEW, office_data("remove", NEW))
    assert "Orang 601" in await phones.write(NEW, "/petugas")


async def test_two_administrators_who_remove_each_other_at_once_leave_one(database: Database):
    phones = office(database)
    await hired(phones, "administrator")
    await hired(phones, "administrator", who=OTHER)
    phones.desk = replace(phones.desk, named=Named())
    await asyncio.gather(
        phones.press(NEW, office_data("remove", OTHER)),
        phones.press(OTHER, office_data("remove", NEW)),
    )
    left = await database.run(staff.administrators, Named())
    assert len(left) == 1


async def test_handing_over_gives_the_training_and_leaves_it_when_the_colleague_accepts(
    database: Database,
):
    phones = office(database)
    _, training_id = await two_trainings(database)
    await given(phones, "Kearsipan")
    await phones.press(NEW, encode("detail", training_id))
    await phones.tap(NEW, "Serahkan ke rekan")
    await phones.tap(NEW, "Serahkan lalu lepas")
    link = phones.link(NEW)
    assert "Kearsipan" in await phones.write(NEW, "/pelatihan")
    await phones.write(OTHER, f"/start {link}")
    await phones.tap(OTHER, "Terima")
    assert "tidak lagi ada di daftar" in phones.text(NEW)
    assert "Kearsipan" in await phones.write(OTHER, "/pelatihan")
    assert "Kearsipan" not in await phones.write(NEW, "/pelatihan")


async def test_sharing_a_training_keeps_it_on_both_lists(database: Database):
    phones = office(database)
    _, training_id = await two_trainings(database)
    await given(phones, "Kearsipan")
    await phones.press(NEW, encode("share", training_id))
    await phones.write(OTHER, f"/start {phones.link(NEW)}")
    await phones.tap(OTHER, "Terima")
    for who in (NEW, OTHER):
        assert "Kearsipan" in await phones.write(who, "/pelatihan")


async def test_who_has_all_trainings_can_share_one_but_not_leave_it(database: Database):
    phones = office(database)
    training_id, _ = await two_trainings(database)
    await phones.press(COORDINATOR, encode("handover", training_id))
    labels = [row[0].label for row in phones.screens[COORDINATOR][-1].buttons]
    assert labels == ["Kelola bersama rekan", "Batal"]
    assert "tidak dapat dilepas" in await phones.press(COORDINATOR, encode("pass", training_id))


async def test_a_coordinator_withdraws_own_links_and_no_others(database: Database):
    phones = office(database)
    training_id, _ = await two_trainings(database)
    link = await invite(phones, "administrator")
    assert "hanya untuk administrator" in await phones.press(
        COORDINATOR, office_data("withdraw", 1)
    )
    assert "mengundang" in await phones.write(NEW, f"/start {link}")
    await phones.press(COORDINATOR, encode("share", training_id))
    assert "Undangan dibatalkan" in await phones.tap(COORDINATOR, "Batalkan undangan")


async def test_an_invitation_survives_a_restart(database: Database):
    link = await invite(office(database), "koordinator (semua)")
    phones = office(database)  # nothing but the database is left
    phones._updates = iter(range(9000, 9100))
    await phones.write(NEW, f"/start {link}")
    await phones.tap(NEW, "Terima")
    assert await role(database, NEW) == "coordinator"


async def test_names_are_shown_as_text_and_not_as_markup(database: Database):
    phones = office(database)
    await hired(phones, "koordinator (semua)")
    await database.run(_rename, NEW)
    assert "&lt;b&gt;Eka" in await phones.write(ADMINISTRATOR, "/petugas")
    assert "&lt;b&gt;Eka" in await phones.tap(ADMINISTRATOR, "Berhentikan <b>Eka")


def _rename(connection: Connection, who: int) -> None:
    stored.remember_name(connection, who, "<b>Eka")
