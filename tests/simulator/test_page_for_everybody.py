"""The page for every eye and hand: small and dark screens, contrast, names for screen readers, the keyboard, two languages."""

import pytest
from playwright.async_api import expect

from bot.simulator import client_tour
from bot.simulator.clock import SimulatorClock
from bot.simulator.server import build_app, serving
from bot.simulator.tour import Step, Tour
from tests.browser import PHONE, opened
from tests.simulator.bench import NOON, keyboard
from tests.simulator.page_stage import phone

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_keyboard_alone_is_enough(looking):
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
async def test_a_small_screen_shows_one_phone_and_nothing_sticks_out(looking, dark):
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
async def test_everything_can_be_read_and_named(looking, dark):
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


async def test_the_other_language_is_a_click_away_and_remembered(looking):
    async with looking() as (_, page):
        await page.get_by_role("button", name="English").click()
        await expect(page.get_by_role("button", name="+90 days")).to_be_visible()
        await page.reload()
        await expect(page.get_by_role("button", name="+90 days")).to_be_visible()


async def test_before_a_bot_is_connected_the_page_says_how(browser):
    async with (
        serving(build_app(SimulatorClock(NOON))) as url,
        opened(browser, url) as page,
    ):
        await expect(page.locator(".welcome")).to_contain_text("Belum ada bot yang tersambung.")
        await page.get_by_role("button", name="Tambah orang").click()
        await page.get_by_label("Nama", exact=True).fill("Siti Aminah")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="MULAI").click()
        await expect(page.locator(".out").last).to_contain_text("/start")


async def test_who_works_by_keyboard_stays_at_the_place_when_the_card_changes(looking):
    async with looking() as (found, page):
        rows = keyboard([("Ya", "y"), ("Tidak", "t")])
        card = await found.call("sendMessage", chat_id=1, text="Satu?", reply_markup=rows)
        await phone(page, 1).get_by_role("button", name="Tidak", exact=True).focus()
        await found.call(
            "editMessageText",
            chat_id=1,
            message_id=card["message_id"],
            text="Dua?",
            reply_markup=rows,
        )
        await expect(phone(page, 1).locator(".in .text")).to_have_text("Dua?")
        await expect(phone(page, 1).get_by_role("button", name="Tidak", exact=True)).to_be_focused()


async def test_the_guide_is_a_sheet_on_a_phone_and_folds_away_on_a_desk(looking):
    tour = Tour("Tur", "", (Step("a", "Buka", "Di t.me/kelas_bot?start=x", person=1),))
    async with looking() as (found, page):
        await client_tour.begin(found.telegram, tour)
        await page.get_by_label("Sembunyikan panduan").click()
        await expect(page.locator("#tour")).to_be_hidden()
        await page.get_by_role("button", name="Panduan 0/1").click()
        await expect(page.locator("#tour")).to_be_visible()
        await page.set_viewport_size(PHONE)
        await page.locator("#tabs [data-view=chat]").click()
        await expect(page.locator("#tour")).to_be_hidden()
        await page.get_by_role("button", name="Panduan: Buka").click()
        await page.get_by_role("link", name="t.me/kelas_bot?start=x").click()
        await expect(page.locator("#tour")).to_be_hidden()
        await expect(phone(page, 1).locator(".out").last).to_contain_text("/start x")
