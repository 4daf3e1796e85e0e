"""Leads the tour: runs the action whose button was pressed, one at a time, and says in the panel how far it is.

Whatever goes wrong in an action is said there too; the tour goes on, and the button may be pressed again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from bot.demo.phone import Stuck
from bot.demo.tour.actions import Actions, Script
from bot.demo.tour.panel import ACTIONS
from bot.simulator import client_tour
from bot.simulator.client import SimulatorClient, SimulatorRefused
from bot.simulator.request_body import body_of, text_in


@dataclass(slots=True)
class Leader:
    script: Script
    seen: set[str]  # steps that are done; shared with whoever watches the chats
    running: str = ""
    _impatient: bool = False
    _actions: Actions = field(init=False)
    _task: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self._actions = Actions(self.script, self._say, self.seen)

    async def pressed(self, name: str) -> None:
        """The second press of an impatient visitor starts nothing; from then on the panel asks to wait."""
        if self.running:
            self._impatient = True
            await self._say("")
            return
        self.running, self._impatient = name, False
        await self._say(self.script.plain("kabar_mulai", aksi=self._label()))
        self._task = asyncio.create_task(self._run(name), name=f"tour action {name}")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self, name: str) -> None:
        try:
            last_words = await self._actions.do(name)
        except (SimulatorRefused, Stuck, aiohttp.ClientError, TimeoutError) as problem:
            why = str(problem) or type(problem).__name__
            last_words = self.script.plain("kabar_gagal", aksi=self._label(), sebab=why)
        self.running = ""
        await client_tour.say_progress(self._client, last_words)

    async def _say(self, words: str) -> None:
        if self._impatient:
            words = (
                f"{words} {self.script.plain('kabar_masih_berjalan', aksi=self._label())}".strip()
            )
        await client_tour.say_progress(self._client, words, action=self.running)

    def _label(self) -> str:
        return self.script.plain(f"aksi_{self.running}")

    @property
    def _client(self) -> SimulatorClient:
        return self.script.casting.world.client


@asynccontextmanager
async def listening(leader: Leader) -> AsyncIterator[str]:
    """Yields the address to which the simulator posts what was pressed."""

    async def told(request: web.Request) -> web.Response:
        action = text_in(await body_of(request), "action")
        if action not in ACTIONS:
            raise web.HTTPNotFound
        await leader.pressed(action)
        return web.Response(status=202)

    application = web.Application()
    application.router.add_post("/tour", told)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}/tour"
    finally:
        await leader.stop()
        await runner.cleanup()
