"""The page when things go wrong around it: a simulator that is killed and comes back, two tabs, phones changed in the middle of a word."""

import socket

import pytest
from playwright.async_api import expect

from bot.simulator.client import SimulatorClient
from tests.browser import opened
from tests.simulator.bench import keyboard
from tests.simulator.page_stage import phone
from tests.simulator.test_server import started

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_killed_simulator_is_said_and_the_next_one_is_shown_by_itself(browser):
    port = free_port()
    process = started("--port", str(port))
    url = process.stdout.readline().split()[3]
    page = await browser.new_page()  # a lost connection is an error in the browser's console
    try:
        await joined(url, "Siti")
        await page.goto(url)
        field = phone(page, 1).get_by_label("Tulis pesan")
        await expect(field).to_be_visible()
        process.kill()
        process.communicate()
        await expect(page.locator("#offline")).to_contain_text("terputus")
        await field.fill("Masih ada?")
        await field.press("Enter")
        await expect(phone(page, 1).locator(".toast")).to_contain_text("terputus")
        await expect(field).to_have_value("Masih ada?")
        process = started("--port", str(port))
        assert process.stdout.readline().split()[3] == url
        await joined(url, "Budi")
        await expect(phone(page, 1).locator(".owner")).to_contain_text("Budi")
        await expect(page.locator("#offline")).to_be_hidden()
    finally:
        process.kill()
        process.communicate()
        await page.close()


async def test_two_tabs_show_the_same_and_each_counts_for_itself(browser, looking):
    async with looking() as (found, page), opened(browser, found.url) as other:
        await expect(phone(other, 1).locator(".message").first).to_be_visible()
        await found.call("sendMessage", chat_id=1, text="?", reply_markup=keyboard([("Ya", "y")]))
        await phone(page, 1).get_by_role("button", name="Ya", exact=True).click()
        await expect(phone(page, 1).locator(".key.waiting")).to_have_count(1)
        await expect(phone(other, 1).locator(".key.waiting")).to_have_count(0)
        (tap,) = (await found.siti.chat()).taps
        await found.call("answerCallbackQuery", callback_query_id=tap.query_id, text="Tersimpan")
        await expect(phone(page, 1).locator(".toast")).to_have_text("Tersimpan")
        await phone(other, 1).get_by_label("Tulis pesan").fill("Dari sini")
        await phone(other, 1).get_by_label("Tulis pesan").press("Enter")
        await expect(phone(page, 1).locator(".out").last).to_contain_text("Dari sini")
        assert await phone(other, 1).locator(".toast").is_hidden()


async def test_what_was_begun_on_a_phone_waits_there_while_another_is_in_hand(looking):
    async with looking() as (found, page):
        await (await found.telegram.create_person("Budi", person_id=3, role="participant")).start()
        field = page.locator("section.phone").first.get_by_label("Tulis pesan")
        await field.fill("Belum sel")
        await page.locator("#people [data-person='3']").click()
        await expect(phone(page, 3)).to_be_visible()
        await expect(field).to_have_value("")
        await page.locator("#people [data-person='1']").click()
        await expect(phone(page, 1)).to_be_visible()
        await expect(field).to_have_value("Belum sel")


async def test_names_and_texts_of_any_writing_are_shown_as_they_are_read(looking):
    family = "\U0001f469‍\U0001f467‍\U0001f466"
    async with looking(size={"width": 300, "height": 640}) as (found, page):
        somebody = await found.telegram.create_person(
            f"{family} محمد", person_id=3, role="participant"
        )
        await somebody.send_text("مرحبا (1).")
        await page.locator("#tabs [data-view=people]").click()
        entry = page.locator("#people [data-person='3']")
        await expect(entry.locator(".avatar")).to_have_text(family)
        await entry.click()
        text = phone(page, 3).locator(".out .text")
        assert await text.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
        time, jump = page.locator("#clock time abbr"), page.locator(".fold summary")
        right = await time.evaluate("(one) => one.getBoundingClientRect().right")
        assert right <= await jump.evaluate("(one) => one.getBoundingClientRect().left")
        await expect(page.get_by_text("Lompat", exact=True)).to_be_attached()


async def joined(url: str, name: str) -> None:
    async with SimulatorClient(url) as telegram:
        person = await telegram.create_person(name, person_id=1, role="participant")
        await person.start()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
