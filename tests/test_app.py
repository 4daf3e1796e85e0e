"""The whole bot as an operator starts it: it answers, it stops at once, it goes on where it was."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.simulator.client import SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import BENCH, build_app, serving
from tests.chat.free_port import free_port
from tests.chat.scripted_telegram import (
    Refusal,
    scripted_telegram,
    text_update,
)
from tests.whole_bot import LONGEST, bot_run, bot_started, stopped, until

TOGETHER = pytest.mark.asyncio(loop_scope="module")


async def test_it_answers_and_stops_in_under_five_seconds(tmp_path: Path):
    """A machine that has more to do is measured by the start, which takes two seconds where nothing else runs."""
    began = time.monotonic()
    async with scripted_telegram() as telegram, bot_started(telegram.url, tmp_path) as process:
        telegram.updates.append(text_update(1, chat=5, text="/start"))
        await until(lambda: telegram.texts() and telegram.confirmed == 2)
        code, log = await stopped(process, within=max(5, 2 * (time.monotonic() - began)))
    assert (code, "Traceback" in log) == (0, False)
    assert "123456:TEST" not in log
    scopes = {call["scope"] for method, call in telegram.calls if call.get("scope")}
    assert scopes == {'{"chat_id": 77, "type": "chat"}'}
    assert "setMyCommands" in telegram.methods()


async def test_it_stops_also_while_it_waits_for_the_network(tmp_path: Path):
    async with bot_run("http://127.0.0.1:9", tmp_path) as process:
        log = tmp_path / "forked.log"
        await until(lambda: log.exists() and "not reached yet" in log.read_text("utf-8"))
        code, said = await stopped(process, within=5)
    assert (code, "Traceback" in said) == (0, False)


async def test_a_menu_that_telegram_refuses_stops_nothing(tmp_path: Path):
    async with scripted_telegram() as telegram:
        telegram.will_answer("setMyCommands", Refusal(400, "Bad Request: no"))
        async with bot_run(telegram.url, tmp_path):
            telegram.updates.append(text_update(1, chat=5))
            await until(lambda: telegram.confirmed == 2)


async def test_a_second_start_on_the_same_database_goes_on(tmp_path: Path):
    async with scripted_telegram() as telegram:
        for number in (1, 2):
            async with bot_run(telegram.url, tmp_path) as process:
                telegram.updates.append(text_update(number, chat=5))
                await until(lambda number=number: telegram.confirmed == number + 1)
                assert (await stopped(process))[0] == 0


WRONG = [
    ({"STUDY_FILE": "broken.toml"}, "study.toml"),
    ({"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "DATABASE_URL"),
    ({"CLOCK_URL": "http://127.0.0.1:9"}, "CLOCK_URL"),
]


@pytest.mark.parametrize(("settings", "named"), WRONG)
async def test_what_is_set_wrong_is_a_sentence_and_no_traceback(
    tmp_path: Path, settings: dict[str, str], named: str
):
    (tmp_path / "broken.toml").write_text("[office]\n")
    async with (
        scripted_telegram() as telegram,
        bot_run(telegram.url, tmp_path, **settings) as process,
    ):
        _, log = await asyncio.wait_for(process.communicate(), timeout=LONGEST)
    assert process.returncode == 2
    assert named in log.decode().splitlines()[-1]
    assert "Traceback" not in log.decode()


async def test_a_questionnaire_with_a_mistake_is_a_sentence_and_no_traceback(tmp_path: Path):
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "post_training.md").write_text("| survey |\n| | type | name |\n| | nonsense | a |\n")
    async with (
        scripted_telegram() as telegram,
        bot_run(telegram.url, tmp_path, QUESTIONNAIRES_DIR=str(folder)) as process,
    ):
        _, log = await asyncio.wait_for(process.communicate(), timeout=LONGEST)
    assert process.returncode == 2
    assert "Traceback" not in log.decode()


async def test_a_token_that_telegram_does_not_know_is_a_sentence(tmp_path: Path):
    async with scripted_telegram() as telegram:
        telegram.will_answer("getMe", Refusal(401, "Unauthorized"))
        async with bot_run(telegram.url, tmp_path) as process:
            _, log = await asyncio.wait_for(process.communicate(), timeout=LONGEST)
    assert process.returncode == 2
    assert "TELEGRAM_TOKEN" in log.decode()
    assert "Traceback" not in log.decode()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def telegram(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SimulatorClient]:
    """The real bot following the clock of a real simulator, for all who only talk to it; its books at the end."""
    app = build_app(clock_at("2026-10-16T15:00:00+07:00"))
    async with (
        serving(app) as url,
        SimulatorClient(url) as telegram,
        bot_run(url, tmp_path_factory.mktemp("followed"), CLOCK_URL=url) as process,
    ):
        await until(lambda: app[BENCH].followers)
        yield telegram
        assert [call.method for call in await telegram.invalid_calls()] == []
        assert (await stopped(process))[0] == 0


@TOGETHER
async def test_in_the_simulator_it_answers_and_quiet_means_that_the_answer_has_arrived(
    telegram: SimulatorClient,
):
    siti = await telegram.create_person("Siti <b>_&")
    await siti.start()
    await telegram.wait_quiet(within=LONGEST)
    assert (await siti.chat()).messages[-1].from_bot


@TOGETHER
async def test_in_a_group_it_says_that_it_works_in_private_chats_and_leaves(
    telegram: SimulatorClient,
):
    siti = await telegram.create_person("Siti")
    group = await telegram.create_group("Kelas A", [siti])
    await telegram.wait_quiet(within=LONGEST)
    said = [message.text for message in (await telegram.chat(group)).messages]
    assert any("percakapan pribadi" in text for text in said)
    assert await telegram.calls("leaveChat")


@TOGETHER
async def test_a_poison_update_is_set_aside_and_the_next_one_is_answered(
    telegram: SimulatorClient,
):
    siti = await telegram.create_person("Siti")
    await telegram.push_raw({"message": {"chat": "not a chat"}})
    await siti.start()
    await telegram.wait_quiet(within=LONGEST)
    assert await telegram.pending() == 0
    assert (await siti.chat()).messages[-1].from_bot


@TOGETHER
async def test_a_summary_that_is_asked_for_waits_for_no_tick(telegram: SimulatorClient):
    admin = await telegram.create_person("Ratna", person_id=77)
    await admin.send_text("/ringkasan")
    await telegram.wait_quiet(within=LONGEST)
    said = [message.text for message in (await admin.chat()).from_bot]
    assert len(said) == 2
    assert "sedang disiapkan" in said[0]


@TOGETHER
async def test_a_jump_over_a_monday_stops_there_for_the_weekly_summary(telegram: SimulatorClient):
    jump = await telegram.advance(timedelta(days=4))
    monday_at_eight = datetime(2026, 10, 19, 1, 0, tzinfo=UTC)  # 08.00 in Jambi
    assert monday_at_eight in [step.at for step in jump.steps]


async def test_by_webhook_it_answers_is_well_stops_at_once_and_goes_on(tmp_path: Path):
    port = free_port()
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "PORT": str(port)}
    async with (
        serving(build_app(clock_at("real"))) as url,
        SimulatorClient(url) as telegram,
        aiohttp.ClientSession() as anybody,
    ):
        siti = await telegram.create_person("Siti")
        for number in (1, 2):
            await siti.send_text("/bantuan")  # while no bot runs, and waits for it
            async with bot_run(url, tmp_path, "--webhook", **hook) as process:
                async with asyncio.timeout(LONGEST):
                    while len(await telegram.calls("sendMessage")) < number:  # noqa: ASYNC110 - another process's state
                        await asyncio.sleep(0.05)
                async with anybody.get(f"http://127.0.0.1:{port}/health") as answer:
                    assert (answer.status, (await answer.json())["well"]) == (200, True)
                async with anybody.post(hook["WEBHOOK_URL"], json={"update_id": 1}) as answer:
                    assert answer.status == 403
                assert (await stopped(process))[0] == 0
        assert [message.from_bot for message in (await siti.chat()).messages] == [False, True] * 2
        assert await telegram.pending() == 0
        assert await telegram.invalid_calls() == []


async def test_by_webhook_without_an_address_is_a_sentence(tmp_path: Path):
    async with bot_started("http://127.0.0.1:9", tmp_path, "--webhook") as process:
        _, log = await asyncio.wait_for(process.communicate(), timeout=LONGEST)
    assert process.returncode == 2
    assert log.decode().startswith("WEBHOOK_URL is not set.")
