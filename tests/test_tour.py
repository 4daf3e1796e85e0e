"""The tour as a visitor takes it, in real Chromium: the whole of it on a wide screen, the beginning on a phone in the dark."""

import re

from playwright.async_api import expect

from bot.demo.cast import the_class
from bot.demo.tour import panel
from tests.browser import PHONE, chromium, opened
from tests.touring import done, touring
from tests.visitor import visitor

WHO = panel.parts(the_class(1))
ME, BORN = WHO.visitor.name, f"{WHO.visitor.born:%d/%m/%Y}"


async def test_the_whole_tour_as_a_visitor_takes_it():
    async with touring() as tour, chromium() as browser, opened(browser, tour.url) as page:
        me = await visitor(page, tour)
        await me.scan()
        await me.ticked("scan")
        await me.connect(ME, BORN)
        await me.ticked("connect")
        await answer_by_hand(me)
        await me.act("answer")
        await me.ticked("answer")
        await me.act("class")
        await expect(page.locator(".tour .progress")).to_contain_text("dari 29 sudah menjawab")
        await me.act("days")
        await me.ticked("class", "reminder", "monday")
        await expect(page.locator("#jump")).to_contain_text(WHO.delayer.name)
        await me.close_reports()
        await see_the_reminder(me)
        await me.act("months")
        await me.send_the_follow_up()
        await me.ticked("followup")
        await me.act("answer")
        await me.act("class")
        await me.ticked("followup_answer")
        await open_the_superiors_link(me)
        await me.act("superior")
        await me.ticked("superior")
        assert "summary" not in done(await tour.tour())
        await me.act("monday")
        await me.ticked("summary")
        await expect(me.phone(me.admin).locator("button.photo").last).to_be_visible()
        assert await tour.client.invalid_calls() == []
        assert await tour.client.times_limited() == 0


async def answer_by_hand(me) -> None:
    """One answer, one double tap that counts once, one step back."""
    await me.tap(me.myself, "Ya, saya bersedia")
    await me.shows(me.myself, "1 dari sekitar")
    await me.tap(me.myself, "Keinginan sendiri")
    await me.shows(me.myself, "2 dari sekitar")
    # Both in one breath: between two clicks of the mouse a busy machine may draw question 3 under the second.
    twice = "key => { key.click(); key.click(); }"
    await me.phone(me.myself).locator(".key").filter(has_text="Tidak").first.evaluate(twice)
    await me.shows(me.myself, "3 dari sekitar")
    await me.tap(me.myself, "Kembali")
    await me.shows(me.myself, "2 dari sekitar")


async def see_the_reminder(me) -> None:
    await me.page.locator(f"#people [data-person='{WHO.delayer.chat_id}']").click()
    await me.shows(WHO.delayer.chat_id, "pengingat survei")


async def open_the_superiors_link(me) -> None:
    """The link stands in the panel; a week later the superior is asked."""
    await me.step("superior").get_by_role("link").click()
    await me.shows(me.superior, "Siapa yang mengisi?")
    await me.tap(me.superior, "Saya sendiri")
    await me.shows(me.superior, "Akun ini terhubung")
    assert "sudah diundang" in await me.act("superior")
    await me.shows(me.superior, "mohon pendapat")


async def test_on_a_phone_in_the_dark_the_visitor_answers_between_two_tabs():
    async with (
        touring("--lang", "en") as tour,
        chromium() as browser,
        opened(browser, f"{tour.url}/?lang=en", size=PHONE, dark=True) as page,
    ):
        await page.get_by_role("button", name="Guide:").click()
        me = await visitor(page, tour)
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await me.step("scan").get_by_role("button", name="Answer for me").click()
        await tour.ticked("scan", "connect", "answer")
        await me.ticked("answer")
        await page.locator("#tabs [data-view='chat']").click()
        await me.shows(me.myself, "Terima kasih, Bapak/Ibu")
        shade = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert sum(map(int, re.findall(r"\d+", shade)[:3])) < 200
