"""The page as a person uses it, in real Chromium: chats that are live, taps, files, QR codes, jumps, small and dark screens."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest
import segno
from playwright.async_api import Page, expect

from bot.simulator import client_tour
from bot.simulator.client import SimulatedPerson, SimulatorClient
from bot.simulator.clock import SimulatorClock
from bot.simulator.server import build_app, serving
from bot.simulator.tour import Step, Tour
from tests.browser import PHONE, chromium, opened
from tests.simulator.bench import NOON, keyboard

TOKEN = "123456789:halaman"  # noqa: S105 - the local simulator accepts any
DEEP_LINK = "https://t.me/kelas_bot?start=k_abc"


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
async def looking(**how) -> AsyncIterator[tuple[Stage, Page]]:
    async with stage() as found, chromium() as browser, opened(browser, found.url, **how) as page:
        await expect(phone(page, 1).locator(".message").first).to_be_visible()
        yield found, page


def phone(page: Page, person: int):
    return page.locator(f"section.phone[data-person='{person}']")


async def test_a_text_and_its_answer_appear_live():
    async with looking() as (found, page):
        await phone(page, 1).get_by_label("Tulis pesan").fill("Apa kabar?")
        await phone(page, 1).get_by_label("Tulis pesan").press("Enter")
        await expect(phone(page, 1).locator(".out").last).to_contain_text("Apa kabar?")
        await found.call("sendMessage", chat_id=1, text="<b>Baik</b>, Ibu", parse_mode="HTML")
        await expect(phone(page, 1).locator(".in strong")).to_have_text("Baik")


async def test_a_double_tap_sends_two_taps_and_the_card_changes_in_place():
    async with looking() as (found, page):
        card = await found.call(
            "sendMessage",
            chat_id=1,
            text="Setuju?",
            reply_markup=keyboard([("Ya", "y"), ("Tidak", "t")]),
        )
        await phone(page, 1).get_by_role("button", name="Ya", exact=True).dblclick()
        await expect(phone(page, 1).locator(".key.waiting")).to_have_count(1)
        taps = (await found.siti.chat()).taps
        assert [tap.data for tap in taps] == ["y", "y"]
        await found.call(
            "editMessageText",
            chat_id=1,
            message_id=card["message_id"],
            text="Terima kasih",
            reply_markup=keyboard([("Lagi", "l")]),
        )
        for tap in taps:
            await found.call(
                "answerCallbackQuery", callback_query_id=tap.query_id, text="Tersimpan"
            )
        await expect(phone(page, 1).locator("article.in")).to_have_count(1)
        await expect(phone(page, 1).locator(".key")).to_have_text(["Lagi"])
        await expect(phone(page, 1).locator(".toast")).to_have_text("Tersimpan")


async def test_what_anybody_wrote_is_text_and_never_runs():
    evil = "<img src=x onerror=\"document.title='kena'\"><script>document.title='kena'</script>"
    async with looking() as (found, page):
        await found.call("sendMessage", chat_id=1, text=evil)
        await found.telegram.create_person(evil, person_id=9, role="participant")
        await expect(phone(page, 1).locator(".in .text")).to_have_text(evil)
        await expect(page.locator("[data-person='9'] strong")).to_have_text(evil)
        assert await page.title() == "Telegram di meja kerja"
        assert await page.locator("#phones img").count() == 0


async def test_a_click_on_a_qr_code_opens_the_chat_of_the_participant():
    picture = io.BytesIO()
    segno.make(DEEP_LINK).save(picture, kind="png", scale=6)
    async with looking() as (found, page):
        await found.send_file("sendPhoto", 2, "photo", "qr.png", picture.getvalue())
        await phone(page, 2).locator("button.photo").click()
        await page.get_by_role("button", name="Buka sebagai Siti Rahma").click()
        await expect(phone(page, 1).locator(".out").last).to_contain_text("/start k_abc")


async def test_a_link_to_the_bot_is_opened_by_the_participant_too():
    async with looking() as (found, page):
        await found.call("sendMessage", chat_id=2, text=f"Tautan: {DEEP_LINK}")
        await phone(page, 2).get_by_role("link", name=DEEP_LINK).click()
        await expect(phone(page, 1).locator(".out").last).to_contain_text("/start k_abc")


async def test_a_document_is_downloaded_and_a_voice_file_is_sent(tmp_path):
    voice = tmp_path / "suara.ogg"
    voice.write_bytes(b"OggS suara")
    async with looking() as (found, page):
        await found.send_file("sendDocument", 1, "document", "hasil.csv", b"a;b")
        async with page.expect_download() as waiting:
            await phone(page, 1).locator("a.file").click()
        download = await waiting.value
        assert (download.suggested_filename, (await download.path()).read_bytes()) == (
            "hasil.csv",
            b"a;b",
        )
        await phone(page, 1).locator("input[data-kind=voice]").set_input_files(voice)
        await expect(phone(page, 1).locator("audio")).to_have_count(1)
        sent = (await found.siti.chat()).messages[-1]
        assert (sent.kind, await found.telegram.file(1, sent.file.file_id)) == (
            "voice",
            b"OggS suara",
        )


async def test_who_is_not_on_a_phone_has_an_unread_badge_until_looked_at():
    async with looking() as (found, page):
        budi = await found.telegram.create_person("Budi", person_id=3, role="participant")
        await budi.start()
        await expect(page.locator("#people [data-person='3'] small")).to_contain_text("/start")
        await found.call("sendMessage", chat_id=3, text="Halo")
        badge = page.locator("#people [data-person='3'] .badge")
        await expect(badge).to_contain_text("1")
        await page.locator("#people [data-person='3']").click()
        await expect(phone(page, 3)).to_contain_text("Halo")
        await expect(badge).to_have_count(0)


async def test_a_jump_moves_the_clock_and_says_what_happened():
    async with looking() as (_, page):
        await page.get_by_role("button", name="Pagi kerja berikutnya").click()
        await expect(page.locator("#clock time")).to_contain_text("Senin, 19 Oktober 2026")
        await expect(page.locator("#jump")).to_contain_text("Tidak ada pesan terkirim.")
        await page.get_by_role("button", name="+90 hari").click()
        await expect(page.locator("#clock time")).to_contain_text("17 Januari 2027")


async def test_keys_below_the_chat_and_commands_in_the_menu_are_pressed():
    async with looking() as (found, page):
        await found.call(
            "setMyCommands", commands=[{"command": "jawaban", "description": "Lihat jawaban"}]
        )
        await found.call(
            "sendMessage",
            chat_id=1,
            text="?",
            reply_markup={"keyboard": [[{"text": "Bagikan nomor", "request_contact": True}]]},
        )
        await phone(page, 1).get_by_role("button", name="Bagikan nomor").click()
        await expect(phone(page, 1).locator(".kind-contact")).to_be_visible()
        await phone(page, 1).get_by_label("Menu perintah").click()
        await phone(page, 1).get_by_role("button", name="/jawaban Lihat jawaban").click()
        await expect(phone(page, 1).locator(".out").last).to_contain_text("/jawaban")


async def test_the_keyboard_alone_is_enough():
    async with looking() as (found, page):
        await found.call(
            "sendMessage", chat_id=1, text="Setuju?", reply_markup=keyboard([("Ya", "y")])
        )
        await phone(page, 1).get_by_role("button", name="Ya", exact=True).focus()
        await page.keyboard.press("Enter")
        await expect(phone(page, 1).locator(".key.waiting")).to_have_count(1)
        await page.get_by_role("button", name="Darma").focus()
        for _ in range(3):
            await page.keyboard.press("Tab")
        assert (
            await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        )


@pytest.mark.parametrize("dark", [False, True])
async def test_a_small_screen_shows_one_phone_and_nothing_sticks_out(dark):
    async with looking(size=PHONE, dark=dark) as (found, page):
        await found.call(
            "sendMessage",
            chat_id=1,
            text="kata " * 30 + "x" * 200,
            reply_markup=keyboard([("Sangat setuju sekali " * 4, "y")]),
        )
        await expect(phone(page, 1).locator(".key")).to_be_visible()
        assert await page.locator("section.phone:visible").count() == 1
        for width in (390, 360):
            await page.set_viewport_size({"width": width, "height": 740})
            assert await page.evaluate("document.documentElement.scrollWidth") <= width
        await page.locator("#tabs [data-view=people]").click()
        await page.locator("#people [data-person='2']").click()
        await expect(phone(page, 2)).to_be_visible()


CONTRAST = """(pairs) => pairs.map(([selector]) => {
  const element = document.querySelector(selector);
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  let ground = element;
  while (ground && (channels(getComputedStyle(ground).backgroundColor)[3] ?? 1) < 0.9) ground = ground.parentElement;
  const [a, b] = [light(channels(getComputedStyle(element).color)), light(channels(getComputedStyle(ground).backgroundColor))];
  return [selector, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
})"""
READ = [".in .text", ".in .time", ".out .text", ".out .time", ".key", ".day", ".status", ".person small", ".role",
        ".jumps button", ".clock .date", ".language", ".steps .next p", ".tour .intro"]  # fmt: skip


@pytest.mark.parametrize("dark", [False, True])
async def test_everything_can_be_read_and_named(dark):
    async with looking(dark=dark) as (found, page):
        await client_tour.begin(
            found.telegram, Tour("Tur", "Selamat datang", (Step("a", "Pindai", "Ketuk"),))
        )
        await found.call(
            "sendMessage", chat_id=1, text="Setuju?", reply_markup=keyboard([("Ya", "y")])
        )
        await expect(page.locator(".steps .next")).to_be_visible()
        await expect(phone(page, 1).locator(".key")).to_be_visible()
        contrasts = await page.evaluate(CONTRAST, [[selector] for selector in READ])
        assert [(name, round(ratio, 2)) for name, ratio in contrasts if ratio < 4.5] == []
        unnamed = await page.evaluate("""[...document.querySelectorAll("button, input, textarea, summary, nav, aside, section")]
            .filter((one) => one.offsetParent && !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.length))
            .map((one) => one.outerHTML.slice(0, 80))""")
        assert unnamed == []


async def test_the_other_language_is_a_click_away_and_remembered():
    async with looking() as (_, page):
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("button", name="+90 days")).to_be_visible()
        await page.reload()
        await expect(page.get_by_role("button", name="+90 days")).to_be_visible()


async def test_before_a_bot_is_connected_the_page_says_how():
    async with (
        serving(build_app(SimulatorClock(NOON))) as url,
        chromium() as browser,
        opened(browser, url) as page,
    ):
        await expect(page.locator(".welcome")).to_contain_text("Belum ada bot yang tersambung.")
        await page.get_by_role("button", name="Tambah orang").click()
        await page.get_by_label("Nama", exact=True).fill("Siti Aminah")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="MULAI").click()
        await expect(page.locator(".out").last).to_contain_text("/start")
