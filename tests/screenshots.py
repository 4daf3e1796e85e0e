"""`make screenshots`: takes the tour once and keeps the README's pictures of it in docs/screenshots. Needs Debian's chromium.

Every picture shows the real page, the real bot and invented people; nothing is drawn or retouched. Colours are reduced to
256, which nobody sees and keeps a picture small.
"""

import argparse
import asyncio
import io
import sys
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, expect

from bot.demo.cast import the_class
from bot.demo.tour import panel
from tests.browser import PHONE, chromium, opened
from tests.touring import Touring, touring
from tests.visitor import Visitor, visitor

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "screenshots"
WIDE, TALL = {"width": 1600, "height": 940}, {"width": 430, "height": 1240}
WHO = panel.parts(the_class(1))
MOST_BYTES = 250_000


@dataclass(frozen=True, slots=True)
class Camera:
    browser: Browser
    tour: Touring
    folder: Path

    async def shoot(self, page: Page, name: str) -> None:
        await page.mouse.move(0, 0)
        await page.evaluate(
            "document.querySelector('.steps .next')?.scrollIntoView({ block: 'center' })"
        )
        await page.wait_for_function("[...document.images].every((one) => one.complete)")
        await page.wait_for_function("document.querySelectorAll('.spinner, .waiting').length === 0")
        keep(await page.screenshot(animations="disabled"), self.folder / f"{name}.png")

    async def on_a_phone(
        self, name: str, person: int, *, dark: bool, size: dict | None = None
    ) -> None:
        """A small screen on which somebody has just chosen this person."""
        how = {"dark": dark, "size": size or PHONE}
        async with opened(self.browser, self.tour.url, **how) as page:
            await page.locator("#tabs [data-view='people']").click()
            await page.locator(f"#people [data-person='{person}']").click()
            phone = page.locator(f"section.phone[data-person='{person}']")
            await expect(phone.locator("article").last).to_be_in_viewport()
            await self.shoot(page, name)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots")
    parser.add_argument("--out", type=Path, default=FOLDER)
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(_take(folder))
    for path in sorted(folder.glob("*.png")):
        sys.stdout.write(f"{path.name:24} {path.stat().st_size:>7} bytes\n")
    return 0


def keep(png: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(png)) as whole:
        few = whole.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes, more than {MOST_BYTES}")


async def _take(folder: Path) -> None:
    async with AsyncExitStack() as stack:
        tour = await stack.enter_async_context(touring())
        browser = await stack.enter_async_context(chromium())
        camera = Camera(browser, tour, folder)
        page = await stack.enter_async_context(opened(browser, tour.url, size=WIDE))
        me = await visitor(page, tour)
        await _in_class(camera, me)
        await _three_days_later(camera, me)
        await _three_months_later(camera, me)


async def _in_class(camera: Camera, me: Visitor) -> None:
    await me.scan()
    await me.connect(WHO.visitor.name, f"{WHO.visitor.born:%d/%m/%Y}")
    await me.act("class")
    await me.tap(me.myself, "Ya, saya bersedia")
    await me.shows(me.myself, "1 dari sekitar")
    await me.tap(me.myself, "Keinginan sendiri")
    await me.shows(me.myself, "2 dari sekitar")
    await me.tap(me.myself, "Ya")
    await me.shows(me.myself, "3 dari sekitar")
    await me.ticked("scan", "connect", "class")
    await camera.shoot(me.page, "wide-light")
    await camera.on_a_phone("phone-light", me.myself, dark=False)


async def _three_days_later(camera: Camera, me: Visitor) -> None:
    await me.act("answer")
    await me.act("days")
    await me.ticked("answer", "reminder", "monday")
    await expect(me.page.locator("#jump li").first).to_be_visible()
    await camera.shoot(me.page, "jump-light")
    await me.close_reports()
    await camera.on_a_phone("phone-dark", WHO.delayer.chat_id, dark=True)


async def _three_months_later(camera: Camera, me: Visitor) -> None:
    await me.act("months")
    await me.send_the_follow_up()
    await me.ticked("followup")
    await me.tap(me.myself, "Mulai")
    await me.tap(me.myself, "Ya, saya bersedia")
    await me.tap(me.myself, "Masih sama")
    await me.shows(me.myself, "seberapa sering")
    async with opened(camera.browser, camera.tour.url, dark=True, size=WIDE) as page:
        await visitor(page, camera.tour)
        await camera.shoot(page, "wide-dark")
    await me.act("answer")
    await me.act("class")
    await me.act("superior")
    await me.act("superior")
    await me.act("monday")
    await me.ticked("superior", "summary")
    await camera.on_a_phone("summary-light", me.admin, dark=False, size=TALL)


if __name__ == "__main__":
    sys.exit(main())
