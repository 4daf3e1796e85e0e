"""How a sending goes, on the coordinator's message: through the ticker, over HTTP, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot import ticker
from bot.fieldwork import boards, contacting, explaining, follow_ups, reminding, rounds
from bot.store import contacts, tables
from bot.store.database import Database
from tests.chat.scripted_telegram import Refusal
from tests.chat.staff_desk import COORDINATOR, NOW
from tests.fieldwork.duties import duty_at
from tests.fieldwork.office import STUDY, import_class, roster, round_of, wib
from tests.ticker_bench import Bench, bench

OPENING = NOW + follow_ups.TO_TAKE_BACK
BOARD = 77
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
FLOOD = Refusal(429, "Too Many Requests: retry after 3", 3)


def confirmed(connection: Connection, size: int) -> int:
    training_id = import_class(connection, roster(size=size))
    duty = duty_at(connection, training_id, NOW)
    assert follow_ups.confirm(connection, duty, board_message_id=BOARD).by_now
    return training_id


def boards_in(at: Bench) -> list[str]:
    """The second line of each edit of the coordinator's message."""
    edits = [call for method, call in at.telegram.calls if method == "editMessageText"]
    assert {(call["chat_id"], call["message_id"]) for call in edits} <= {
        (str(COORDINATOR), str(BOARD))
    }
    return [call["text"].partition("\n")[2] for call in edits]


def invitations(connection: Connection, state: str) -> int:
    query = select(tables.contacts.c.id).where(
        tables.contacts.c.step == 0, tables.contacts.c.state == state
    )
    return len(connection.execute(query).all())


def act(connection: Connection, training_id: int, what: str, now=OPENING) -> boards.Board:
    round_id = round_of(connection, training_id, "followup_alumni").id
    event = {"pause": boards.pause, "resume": boards.resume, "stop": boards.stop}[what]
    return event(connection, duty_at(connection, training_id, now), round_id)


async def test_the_message_follows_the_sending_and_ends_with_the_result(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticker, "BOARD_SECONDS", 0.0)
    monkeypatch.setattr(ticker, "CLAIMED_AT_ONCE", 5)
    await database.run(confirmed, 12)
    async with bench(database) as at:
        at.telegram.will_answer("sendMessage", BLOCKED)
        await at.tick(OPENING)
        assert boards_in(at) == [
            "Mengirim 0 dari 12 ...",
            "Mengirim 4 dari 12 ...\nGagal 1 (memblokir bot atau akunnya tidak ada lagi).",
            "Mengirim 9 dari 12 ...\nGagal 1 (memblokir bot atau akunnya tidak ada lagi).",
            "Terkirim 11 dari 12.\nGagal 1 (memblokir bot atau akunnya tidak ada lagi).",
        ]
        at.telegram.calls.clear()
        await at.tick(OPENING + timedelta(minutes=1))
        assert boards_in(at) == []  # nothing will change there any more


async def test_what_is_paused_stays_planned_and_goes_out_after_going_on(
    database: Database,
) -> None:
    training_id = await database.run(confirmed, 3)
    async with bench(database) as at:
        await at.tick(OPENING - timedelta(seconds=1))
        await database.run(open_now, training_id)
        assert (await database.run(act, training_id, "pause")).state == "paused"
        counts = await at.tick(OPENING)
        assert (counts.sent, counts.not_sent) == (0, 0)
        assert boards_in(at)[-1].startswith("Dijeda: terkirim 0 dari 3. 3 undangan tetap")
        assert await database.run(invitations, "planned") == 3
        await database.run(act, training_id, "resume")
        counts = await at.tick(OPENING + timedelta(minutes=5))
        assert counts.sent == 3
        assert boards_in(at)[-1] == "Terkirim 3 dari 3."


async def test_what_was_claimed_when_it_was_paused_is_given_back(database: Database) -> None:
    training_id = await database.run(confirmed, 3)
    await database.run(open_now, training_id)
    claimed = await database.run(contacting.claim_due, STUDY, OPENING, 2)
    await database.run(act, training_id, "pause")
    for one in claimed:
        assert await database.run(contacting.recheck, STUDY, one.contact_id, OPENING) is None
    assert await database.run(invitations, "planned") == 3


async def test_a_pause_does_not_keep_the_clock_waiting(database: Database) -> None:
    training_id = await database.run(confirmed, 3)
    await database.run(open_now, training_id)
    await database.run(act, training_id, "pause")
    assert await database.run(contacts.next_due) is None


async def test_a_pause_in_the_last_moment_is_told_and_can_be_ended(database: Database) -> None:
    """Else the message would say that all went well, while no reminder ever came."""
    training_id = await database.run(confirmed, 2)
    async with bench(database) as at:
        await at.tick(OPENING - timedelta(seconds=1))
        await database.run(open_now, training_id)
        claimed = await database.run(contacting.claim_due, STUDY, OPENING, 2)
        for one in claimed:
            assert await database.run(contacting.recheck, STUDY, one.contact_id, OPENING)
        assert (await database.run(act, training_id, "pause")).state == "paused"
        for one in claimed:
            await database.run(contacting.record, STUDY, one.contact_id, "sent", OPENING)
        await at.tick(OPENING)
        assert boards_in(at)[-1].startswith("Semua undangan sudah terkirim (2 dari 2)")
        at.telegram.calls.clear()
        reminder_due = wib("2027-01-19 08:30")
        assert (await at.tick(reminder_due)).sent == 0
        assert (await database.run(act, training_id, "resume")).state == "done"
        assert (await at.tick(reminder_due)).sent == 2


async def test_of_a_round_that_closed_while_it_was_paused_nothing_waits(database: Database) -> None:
    training_id = await database.run(confirmed, 1)
    async with bench(database) as at:
        await at.tick(OPENING)
        await database.run(act, training_id, "pause")
        await at.tick(wib("2027-03-01 09:00"))
        assert boards_in(at)[-1] == "Terkirim 1 dari 1."


async def test_who_was_not_invited_before_the_round_closed_is_not_told_as_answered(
    database: Database,
) -> None:
    training_id = await database.run(confirmed, 3)
    await database.run(open_now, training_id)
    (first,) = await database.run(contacting.claim_due, STUDY, OPENING, 1)
    await database.run(contacting.record, STUDY, first.contact_id, "sent", OPENING)
    await database.run(act, training_id, "pause")
    async with bench(database) as at:
        for minute in ("09:00", "09:01"):
            await at.tick(wib(f"2027-03-01 {minute}"))
        told = "Terkirim 1 dari 3.\nTidak terkirim 2: putaran sudah ditutup sebelumnya."
        assert boards_in(at)[-1] == told


async def test_a_chosen_time_is_kept_while_the_sending_is_paused(database: Database) -> None:
    training_id = await database.run(confirmed, 1)
    async with bench(database) as at:
        await at.tick(OPENING)
        until = wib("2027-01-13 20:00")
        await database.run(choose_time, training_id, until)
        await database.run(act, training_id, "pause")
        assert (await at.tick(until)).sent == 1


async def test_stopped_nobody_more_is_invited_but_by_reminding_them(database: Database) -> None:
    training_id = await database.run(confirmed, 3)
    await database.run(open_now, training_id)
    (first,) = await database.run(contacting.claim_due, STUDY, OPENING, 1)
    await database.run(contacting.record, STUDY, first.contact_id, "sent", OPENING)
    stopped = await database.run(act, training_id, "stop")
    assert (stopped.state, stopped.sent, stopped.stopped, stopped.left) == ("stopped", 1, 2, 0)
    async with bench(database) as at:
        assert (await at.tick(OPENING)).sent == 0
        assert boards_in(at)[-1].startswith("Dihentikan: terkirim 1 dari 3; 2 tidak dikirim.")
        told = await database.run(explain, training_id, "Peserta 2")
        assert told.stories[0].end == "sending_stopped"
        later = OPENING + timedelta(hours=1)
        assert (await database.run(remind, training_id, later)).may_go == 2
        assert (await at.tick(later)).sent == 2


async def test_what_was_on_its_way_when_it_was_stopped_is_not_sent_hours_later(
    database: Database,
) -> None:
    """A flood-wait of hours, a time-out and a death come after the stop."""
    training_id = await database.run(confirmed, 4)
    await database.run(open_now, training_id)
    flood, time_out, arrived, lost = await database.run(contacting.claim_due, STUDY, OPENING, 4)
    assert (await database.run(act, training_id, "stop")).left == 4
    hours = OPENING + timedelta(hours=2)
    await database.run(contacting.postpone, flood.contact_id, hours, "Telegram asked to wait")
    await database.run(contacting.record, STUDY, time_out.contact_id, "unknown", OPENING)
    await database.run(contacting.record, STUDY, arrived.contact_id, "sent", OPENING)
    async with bench(database) as at:
        assert (await at.tick(hours)).sent == 0
        assert boards_in(at)[-1].startswith("Dihentikan: terkirim 3 dari 4; 1 tidak dikirim.")
        assert (await database.run(remind, training_id, hours)).may_go == 1
        assert (await at.tick(hours)).sent == 1
    assert lost


async def test_a_restart_in_the_middle_goes_on_with_the_same_message(database: Database) -> None:
    training_id = await database.run(confirmed, 4)
    await database.run(open_now, training_id)
    for one in await database.run(contacting.claim_due, STUDY, OPENING, 2):
        await database.run(contacting.record, STUDY, one.contact_id, "sent", OPENING)
    async with bench(database) as at:  # another process
        counts = await at.tick(OPENING)
        assert counts.sent == 2
        assert boards_in(at)[-1] == "Terkirim 4 dari 4."


async def test_what_telegram_did_not_take_is_shown_with_the_next_tick(database: Database) -> None:
    await database.run(confirmed, 1)
    async with bench(database) as at:
        at.telegram.will_answer("editMessageText", FLOOD, FLOOD)
        await at.tick(OPENING)
    async with bench(database) as at:
        await at.tick(OPENING + timedelta(minutes=1))
        assert boards_in(at)[-1] == "Terkirim 1 dari 1."


async def test_outside_office_hours_the_message_says_when_it_goes_on(database: Database) -> None:
    await database.run(confirmed, 2)
    async with bench(database) as at:
        await at.tick(wib("2027-01-13 18:00"))
        assert boards_in(at) == [
            "Terkirim 0 dari 2; sisanya Kamis, 14 Januari 2027 pukul 08.30 WIB."
        ]


@pytest.mark.parametrize("what", ["pause", "resume", "stop"])
async def test_a_second_tap_changes_nothing_more(database: Database, what: str) -> None:
    training_id = await database.run(confirmed, 3)
    await database.run(open_now, training_id)
    first = await database.run(act, training_id, what)
    assert await database.run(act, training_id, what) == first


def open_now(connection: Connection, training_id: int) -> None:
    round_id = round_of(connection, training_id, "followup_alumni").id
    assert rounds.open_round(connection, STUDY, round_id, OPENING)


def choose_time(connection: Connection, training_id: int, until) -> None:
    found = round_of(connection, training_id, "followup_alumni")
    (person,) = connection.execute(select(tables.contacts.c.person_id).distinct()).scalars()
    assert contacting.snooze(connection, STUDY, found.id, person, until=until, now=OPENING)


def remind(connection: Connection, training_id: int, now) -> reminding.Reminding:
    round_id = round_of(connection, training_id, "followup_alumni").id
    return reminding.remind_now(connection, duty_at(connection, training_id, now), round_id)


def explain(connection: Connection, training_id: int, name: str) -> explaining.Explanation:
    return explaining.explain(connection, duty_at(connection, training_id, OPENING), name)
