"""Two whole bots on one PostgreSQL, called by webhook through a load balancer: both answer, one ticks, and killed the other takes over.

Real processes, real time and a real lock: nothing smaller shows that they stand by for each other.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
from aiohttp import web
from sqlalchemy import Connection

from bot.clock import SystemClock
from bot.fieldwork import contacting
from bot.simulator.client import SimulatedPerson, SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import build_app, serving
from bot.store.database import Database
from tests.chat.free_port import free_ports
from tests.fieldwork.office import FIRST_CHAT, STUDY, import_class, open_round, people, roster
from tests.whole_bot import LONGEST, bot_run, stopped

NOW = SystemClock().now()
SOON = timedelta(seconds=0.5)


@dataclass(slots=True)
class Balancer:
    """The next call goes to the next replica; to the other, where nobody listens."""

    ports: Sequence[int]
    taken: Counter[int] = field(default_factory=Counter)
    calls: int = 0

    async def pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.calls += 1
        for place in (self.calls, self.calls + 1):
            port = self.ports[place % len(self.ports)]
            try:
                async with (
                    aiohttp.ClientSession() as session,
                    session.post(
                        f"http://127.0.0.1:{port}/telegram", data=body, headers=request.headers
                    ) as answer,
                ):
                    self.taken[port] += answer.ok
                    return web.Response(status=answer.status)
            except aiohttp.ClientConnectorError:
                continue
        return web.Response(status=502)


@asynccontextmanager
async def balanced(balancer: Balancer, port: int) -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_post("/telegram", balancer.pass_on)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/telegram"
    finally:
        await runner.cleanup()


def asked_tomorrow(connection: Connection) -> int:
    """Two alumni whose follow-up is open; each has chosen a time, so that no office hours matter."""
    yesterday = (NOW - timedelta(days=1)).date()
    listed = roster(2, starts_on=yesterday, ends_on=yesterday)
    round_id = open_round(connection, import_class(connection, listed, now=NOW), now=NOW)
    for number in (0, 1):
        choose(connection, round_id, number, NOW + timedelta(days=1))
    return round_id


def choose(connection: Connection, round_id: int, number: int, until: datetime) -> None:
    person = people(connection, 1)[number]
    assert contacting.snooze(connection, STUDY, round_id, person, until=until, now=NOW)


async def written_to(person: SimulatedPerson, number: int) -> None:
    async with asyncio.timeout(LONGEST):
        while len((await person.chat()).from_bot) < number:  # noqa: ASYNC110 - another process's state
            await asyncio.sleep(0.05)


async def is_well(port: int) -> None:
    async with asyncio.timeout(LONGEST), aiohttp.ClientSession() as anybody:
        while True:
            try:
                async with anybody.get(f"http://127.0.0.1:{port}/health") as answer:
                    if answer.ok:
                        return
            except aiohttp.ClientConnectorError:
                pass  # not yet
            await asyncio.sleep(0.05)


async def test_two_replicas_both_answer_and_the_one_that_stands_by_takes_over(
    postgresql_url: str, tmp_path: Path
):
    *ports, public_port = free_ports(3)
    balancer, replicas = Balancer(ports), []
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(await Database.open(postgresql_url))
        round_id = await database.run(asked_tomorrow)
        api = await stack.enter_async_context(serving(build_app(clock_at("real"))))
        telegram = await stack.enter_async_context(SimulatorClient(api))
        hook = await stack.enter_async_context(balanced(balancer, public_port))
        shared = {
            "WEBHOOK_URL": hook, "DATABASE_URL": postgresql_url,
            "ERASURE_REGISTER": str(tmp_path / "erasures"),
        }  # fmt: skip
        for port in balancer.ports:
            folder = tmp_path / str(port)
            folder.mkdir()
            run = bot_run(api, folder, "--webhook", tick_seconds=0.3, PORT=str(port), **shared)
            replicas.append(await stack.enter_async_context(run))
            await is_well(port)
        first, second = [
            await telegram.create_person("Orang", person_id=FIRST_CHAT + number)
            for number in (0, 1)
        ]
        for one in (first, second):
            await one.send_text("/bantuan")
            await written_to(one, 1)
        assert balancer.taken == dict.fromkeys(balancer.ports, 1)

        await database.run(choose, round_id, 0, SystemClock().now() + SOON)
        await written_to(first, 2)
        replicas[0].kill()
        await database.run(choose, round_id, 1, SystemClock().now() + SOON)
        await written_to(second, 2)
        await second.send_text("/bantuan")
        await written_to(second, 3)
        await is_well(balancer.ports[1])
        assert (await stopped(replicas[1]))[0] == 0
        assert [len((await one.chat()).from_bot) for one in (first, second)] == [2, 3]
