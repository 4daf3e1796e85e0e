"""A simulator with three people and a bot, and its page in Chromium: what the tests of the page stand on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from playwright.async_api import Browser, Locator, Page, expect

from bot.simulator.client import SimulatedPerson, SimulatorClient
from bot.simulator.clock import SimulatorClock
from bot.simulator.server import build_app, serving
from tests.browser import opened
from tests.simulator.bench import NOON

TOKEN = "123456789:halaman"  # noqa: S105 - the local simulator accepts any


@dataclass(frozen=True, slots=True)
class Stage:
    url: str
    telegram: SimulatorClient
    siti: SimulatedPerson
    darma: SimulatedPerson

    async def call(self, method: str, **parameters) -> dict:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/bot{TOKEN}/{method}", json=parameters) as answer,
        ):
            found = await answer.json()
            assert found["ok"], found
            return found["result"]

    async def send_file(
        self, method: str, chat_id: int, field: str, name: str, content: bytes
    ) -> None:
        form = aiohttp.FormData()
        form.add_field("chat_id", str(chat_id))
        form.add_field(field, content, filename=name)
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.url}/bot{TOKEN}/{method}", data=form) as answer,
        ):
            assert (await answer.json())["ok"]


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    async with serving(build_app(SimulatorClock(NOON))) as url, SimulatorClient(url) as telegram:
        await telegram.name_bot(TOKEN, "kelas_bot")
        siti = await telegram.create_person("Siti", "Rahma", person_id=1, role="participant")
        darma = await telegram.create_person("Darma", person_id=2, role="coordinator")
        await siti.start()
        await darma.start()
        yield Stage(url, telegram, siti, darma)


@asynccontextmanager
async def looking_at(browser: Browser, **how) -> AsyncIterator[tuple[Stage, Page]]:
    async with stage() as found, opened(browser, found.url, **how) as page:
        await expect(phone(page, 1).locator(".message").first).to_be_visible()
        yield found, page


def phone(page: Page, person: int) -> Locator:
    return page.locator(f"section.phone[data-person='{person}']")
