"""Keying in what stands on paper, through the routed handlers."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Connection, select

from bot.chat.class_buttons import class_data
from bot.errors import NotAllowed, NothingOpen
from bot.store import audit, paper, people, responses, tables
from bot.store.database import Database
from bot.store.people import Consent
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, STRANGER, desk_on, labels_of
from tests.fieldwork.office import (
    FIRST_CHAT,
    change_response,
    connect,
    import_class,
    open_round,
    roster,
    wib,
)
from tests.fieldwork.office import people as participants

HELD = wib("2026-10-16 14:00")


async def class_of(database: Database, connected: int = 0) -> tuple[Phones, int, list[int]]:
    training_id = await database.run(import_class, roster(size=3), connected=connected)
    await database.run(open_round, training_id, "post_training", now=wib("2026-10-16 13:00"))
    listed = await database.run(participants, training_id)
    return phones_at(database, HELD), training_id, listed


def phones_at(database: Database, now: datetime) -> Phones:
    """Double taps are a matter of their own tests."""
    desk = desk_on(database, now)
    return Phones(replace(desk, study=replace(desk.study, double_tap_seconds=0.0)))


def response_of(connection: Connection, person_id: int) -> responses.OpenResponse:
    (found,) = responses.of_person(connection, person_id)
    return found


def mode_of(connection: Connection, person_id: int) -> str:
    query = select(tables.responses.c.mode).where(tables.responses.c.person_id == person_id)
    return connection.execute(query).scalar_one()


def consent_of(connection: Connection, person_id: int) -> Consent | None:
    return people.last_consent(connection, person_id, response_of(connection, person_id).round_id)


async def begun(phones: Phones, training_id: int, name: str = "peserta 1") -> str:
    await phones.press(COORDINATOR, class_data("keyin", training_id))
    await phones.write(COORDINATOR, name)
    return await phones.tap(COORDINATOR, name.title())


async def first_option(phones: Phones) -> str:
    return await phones.press(COORDINATOR, phones.screens[COORDINATOR][-1].buttons[0][0].data)


async def test_a_sheet_is_keyed_in_with_the_cards_of_the_person(database: Database):
    phones, training_id, (_, person, _) = await class_of(database)
    shown = await begun(phones, training_id)
    assert "Mengisikan untuk <b>Peserta 1</b>" in shown
    await phones.tap(COORDINATOR, "Setuju")
    assert "Mengisikan untuk" in phones.text(COORDINATOR)
    await first_option(phones)
    await phones.write(COORDINATOR, "Lebih banyak latihan")  # typed answers reach the same sheet
    found = await database.run(response_of, person)
    assert found.response.answers["q1"].value == "setuju"
    assert found.response.answers["saran"].value == "Lebih banyak latihan"
    assert await database.run(mode_of, person) == "keyed_in"
    consent = await database.run(consent_of, person)
    assert consent is not None
    assert consent.given


async def test_what_is_typed_twice_while_the_next_card_is_on_its_way_is_keyed_in_once(
    database: Database,
):
    phones, training_id, (_, person, _) = await class_of(database)
    await begun(phones, training_id)
    for _ in range(2):
        await first_option(phones)
    phones.desk.posing[COORDINATOR] += 1  # as the outbox counts it
    assert "mungkin terkirim sebelum" in await phones.write(COORDINATOR, "Tidak ada")
    assert "saran" not in (await database.run(response_of, person)).response.answers
    phones.desk.posing.clear()
    await phones.write(COORDINATOR, "Lebih banyak latihan")
    found = await database.run(response_of, person)
    assert found.response.answers["saran"].value == "Lebih banyak latihan"


async def test_at_the_end_the_next_sheet_is_offered(database: Database):
    phones, training_id, (_, person, _) = await class_of(database)
    await begun(phones, training_id)
    for _ in range(2):
        await first_option(phones)
    await phones.write(COORDINATOR, "Lebih banyak latihan")
    assert "lengkap dan tersimpan" in phones.text(COORDINATOR)
    assert (await database.run(response_of, person)).response.completed_at is not None
    assert labels_of(phones.screens[COORDINATOR][-1]) == ["Lembar berikutnya"]


async def test_what_a_person_told_the_bot_itself_is_not_shown_to_the_office(database: Database):
    phones, training_id, (person, _, declined) = await class_of(database, connected=1)
    await database.run(change_response, person, begun_at=HELD)
    await database.run(change_response, declined, disposition="refused")
    await phones.press(COORDINATOR, class_data("keyin", training_id))
    await phones.write(COORDINATOR, "peserta")
    assert labels_of(phones.screens[COORDINATOR][-1]) == ["Peserta 1 - BPKAD", "Lanjut nanti"]
    for one in (person, declined):
        found = await database.run(response_of, one)
        forged = class_data("sheet", training_id, found.response.id)
        assert "tidak dapat diisikan" in await phones.press(COORDINATOR, forged)
        with pytest.raises(NothingOpen):
            await phones.press(COORDINATOR, f"i:{found.response.id}:2:0:choose:setuju")
        assert (await database.run(response_of, one)).response.answers == {}


async def test_a_sheet_of_another_training_is_not_opened_through_this_one(database: Database):
    phones, training_id, (_, person, _) = await class_of(database)
    other = await database.run(
        import_class, roster(code="X-1", title="Lain", participants=()), connected=0
    )
    found = await database.run(response_of, person)
    shown = await phones.press(COORDINATOR, class_data("sheet", other, found.response.id))
    assert "tidak dapat diisikan" in shown
    assert training_id != other


async def test_nobody_else_answers_a_sheet_and_the_try_is_logged(database: Database):
    phones, training_id, (_, person, _) = await class_of(database)
    await begun(phones, training_id)
    found = await database.run(response_of, person)
    for who in (STRANGER, FIRST_CHAT):
        with pytest.raises(NotAllowed):
            await phones.press(who, f"i:{found.response.id}:2:1:choose:setuju")
        line = (await database.run(audit.latest, 1))[0]
        assert (line.action, line.detail["wanted"]) == ("refused", "key in")
    assert (await database.run(response_of, person)).response.answers == {}


async def test_the_same_tap_delivered_twice_answers_once(database: Database):
    phones, training_id, (_, person, _) = await class_of(database)
    await begun(phones, training_id)
    found = await database.run(response_of, person)
    data = f"i:{found.response.id}:2:{found.response.revision}:choose:setuju"
    shown = [await phones.press(COORDINATOR, data, number=1) for _ in range(2)]
    assert len(set(shown)) == 1
    assert list((await database.run(response_of, person)).response.answers) == ["q1"]


async def test_it_is_stopped_and_gone_on_with_later(database: Database):
    phones, training_id, (_, person, _) = await class_of(database)
    await begun(phones, training_id)
    await phones.tap(COORDINATOR, "Setuju")
    assert "lanjutkan kapan saja" in await phones.tap(COORDINATOR, "Lanjut nanti")
    await phones.write(COORDINATOR, "tidak")  # no longer for the sheet
    assert list((await database.run(response_of, person)).response.answers) == ["q1"]
    assert "Tadi: Setuju" in await begun(phones, training_id)


async def test_the_colleagues_own_survey_is_left_alone(database: Database):
    phones, training_id, (own, person, _) = await class_of(database)
    await database.run(connect, own, COORDINATOR, HELD)
    await phones.write(COORDINATOR, "/lanjut")
    await phones.tap(COORDINATOR, "Ya, saya bersedia")
    before = await database.run(response_of, own)
    await begun(phones, training_id)
    await phones.tap(COORDINATOR, "Setuju")
    assert (await database.run(response_of, own)).response == before.response
    await phones.tap(COORDINATOR, "Lanjut nanti")
    assert (await database.run(response_of, person)).response.answers["q1"].value == "setuju"


async def test_a_closed_round_takes_no_sheet(database: Database):
    _, training_id, _ = await class_of(database)
    late = Phones(desk_on(database, wib("2026-11-30 09:00")))
    await late.press(COORDINATOR, class_data("keyin", training_id))
    await late.write(COORDINATOR, "peserta")
    assert "Tidak ada nama" in late.text(COORDINATOR)
    assert await database.run(paper.sheets, training_id, wib("2026-11-30 09:00")) == []


async def test_a_superior_has_a_sheet_for_each_alumnus_and_the_button_says_of_whom(
    database: Database,
):
    training_id = await database.run(import_class, roster(size=2), connected=0)
    now = wib("2027-01-20 10:00")
    await database.run(open_round, training_id, "followup_superior", now=now)
    phones = phones_at(database, now)
    await phones.press(COORDINATOR, class_data("keyin", training_id))
    await phones.write(COORDINATOR, "atasan")
    labels = labels_of(phones.screens[COORDINATOR][-1])
    assert labels[:2] == ["Atasan 60 → Peserta 0", "Atasan 60 → Peserta 1"]
    shown = await phones.tap(COORDINATOR, "Peserta 1")
    assert "Mengisikan untuk <b>Atasan 60 → Peserta 1</b>" in shown


async def test_where_two_rounds_are_open_the_button_says_of_which_the_sheet_is(database: Database):
    phones, training_id, _ = await class_of(database)
    await database.run(open_round, training_id, "followup_alumni", now=HELD)
    await phones.press(COORDINATOR, class_data("keyin", training_id))
    await phones.write(COORDINATOR, "peserta 1")
    labels = labels_of(phones.screens[COORDINATOR][-1])
    assert labels[:2] == [
        "Peserta 1 - Evaluasi akhir pelatihan",
        "Peserta 1 - Tindak lanjut alumni",
    ]
