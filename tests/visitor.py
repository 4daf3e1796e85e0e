"""What a visitor does on the page of the tour, with a mouse or a finger. Waits for what is to be seen, never for a time."""

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.touring import Touring, person_of

PATIENCE_MS = 240_000  # of what hangs


@dataclass(frozen=True, slots=True)
class Visitor:
    page: Page
    tour: Touring
    myself: int
    coordinator: int
    admin: int
    superior: int

    def phone(self, person: int) -> Locator:
        return self.page.locator(f"section.phone[data-person='{person}']")

    def step(self, name: str) -> Locator:
        return self.page.locator(f".steps [data-step='{name}']")

    async def ticked(self, *steps: str) -> None:
        for name in steps:
            await expect(self.step(name)).to_have_class("done", timeout=PATIENCE_MS)

    async def write(self, person: int, text: str) -> None:
        field = self.phone(person).get_by_label("Tulis pesan")
        await field.fill(text)
        await field.press("Enter")

    async def tap(self, person: int, label: str | re.Pattern[str]) -> None:
        """The newest button of this name."""
        await self.phone(person).locator(".key").filter(has_text=label).last.click()

    async def act(self, name: str) -> str:
        """Presses an action at the foot of the panel; its last words."""
        button = self.page.locator(f".actions [data-action='{name}']")
        async with self.page.expect_response(f"**/control/tour/actions/{name}"):
            await button.click()
        await self.tour.until(lambda tour: not tour.progress.action)
        await expect(button).to_be_enabled()
        return (await self.tour.tour()).progress.text

    async def close_reports(self) -> None:
        """From now on what a jump brought is closed as soon as it lies over what the visitor wants to touch."""
        await self.page.add_locator_handler(
            self.page.locator("#jump .close"), lambda closing: closing.click()
        )

    async def shows(self, person: int, text: str | re.Pattern[str]) -> Locator:
        found = self.phone(person).locator("article.in").filter(has_text=text).last
        await expect(found).to_be_visible(timeout=PATIENCE_MS)
        return found

    async def scan(self) -> None:
        await self.write(self.coordinator, "/pelatihan")
        await self.tap(self.coordinator, "QR kelas")
        await self.phone(self.coordinator).locator("button.photo").last.click()
        await self.page.get_by_role("button", name=re.compile("^Buka sebagai")).click()
        await self.shows(self.myself, "Selamat datang")

    async def connect(self, name: str, born: str) -> None:
        await self.tap(self.myself, "Pilih nama saya")
        await self.shows(self.myself, "huruf pertama")
        await self.write(self.myself, name[:3])
        await self.tap(self.myself, name)
        await self.shows(self.myself, "tanggal lahir")
        await self.write(self.myself, born)
        await self.shows(self.myself, "Sudah terhubung")

    async def send_the_follow_up(self) -> None:
        await self.write(self.coordinator, "/tindaklanjut")
        await self.shows(self.coordinator, "Pelatihan mana")
        await self.tap(self.coordinator, "Manajemen Keuangan")
        await self.tap(self.coordinator, re.compile("^Kirim"))


async def visitor(page: Page, tour: Touring) -> Visitor:
    shown = await tour.tour()
    await expect(page.locator(".steps .next")).to_be_visible()
    return Visitor(
        page, tour,
        myself=person_of(shown, "answer"), coordinator=person_of(shown, "scan"),
        admin=person_of(shown, "summary"), superior=person_of(shown, "superior"),
    )  # fmt: skip
