"""The page as a person uses it, in real Chromium: chats that are live, taps, files, QR codes, jumps."""

import io
from datetime import timedelta

import pytest
import segno
from playwright.async_api import expect

from tests.simulator.bench import keyboard
from tests.simulator.page_stage import phone

pytestmark = pytest.mark.asyncio(loop_scope="module")
DEEP_LINK = "https://t.me/kelas_bot?start=k_abc"


async def test_a_text_and_its_answer_appear_live(looking):
    async with looking() as (found, page):
        await phone(page, 1).get_by_label("Tulis pesan").fill("Apa kabar?")
        await phone(page, 1).get_by_label("Tulis pesan").press("Enter")
        await expect(phone(page, 1).locator(".out").last).to_contain_text("Apa kabar?")
        await found.call("sendMessage", chat_id=1, text="<b>Baik</b>, Ibu", parse_mode="HTML")
        await expect(phone(page, 1).locator(".in strong")).to_have_text("Baik")


async def test_a_double_tap_sends_two_taps_and_the_card_changes_in_place(looking):
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


async def test_the_second_of_two_quick_taps_means_what_stood_on_the_key(looking):
    """The bot may have changed the card in between."""
    async with looking() as (found, page):
        card = await found.call(
            "sendMessage", chat_id=1, text="Setuju?", reply_markup=keyboard([("Ya", "y")])
        )
        key = await phone(page, 1).get_by_role("button", name="Ya", exact=True).element_handle()
        await key.evaluate("key => key.click()")
        await found.call(
            "editMessageText",
            chat_id=1,
            message_id=card["message_id"],
            text="Berikutnya?",
            reply_markup=keyboard([("Lagi", "l")]),
        )
        await expect(phone(page, 1).locator(".key")).to_have_text(["Lagi"])
        async with page.expect_response("**/tap"):
            await key.evaluate("key => key.click()")
        assert [tap.data for tap in (await found.siti.chat()).taps] == ["y", "y"]


async def test_what_anybody_wrote_is_text_and_never_runs(looking):
    evil = "<img src=x onerror=\"document.title='kena'\"><script>document.title='kena'</script>"
    async with looking() as (found, page):
        await found.call("sendMessage", chat_id=1, text=evil)
        await found.telegram.create_person(evil, person_id=9, role="participant")
        await expect(phone(page, 1).locator(".in .text")).to_have_text(evil)
        await expect(page.locator("[data-person='9'] strong")).to_have_text(evil)
        assert await page.title() == "Telegram di meja kerja"
        assert await page.locator("#phones img").count() == 0


async def test_a_click_on_a_qr_code_opens_the_chat_of_the_participant(looking):
    picture = io.BytesIO()
    segno.make(DEEP_LINK).save(picture, kind="png", scale=6)
    async with looking() as (found, page):
        await found.send_file("sendPhoto", 2, "photo", "qr.png", picture.getvalue())
        await phone(page, 2).locator("button.photo").click()
        await page.get_by_role("button", name="Buka sebagai Siti Rahma").click()
        await expect(phone(page, 1).locator(".out").last).to_contain_text("/start k_abc")


async def test_a_link_to_the_bot_is_opened_by_the_participant_too(looking):
    async with looking() as (found, page):
        await found.call("sendMessage", chat_id=2, text=f"Tautan: {DEEP_LINK}")
        await phone(page, 2).get_by_role("link", name=DEEP_LINK).click()
        await expect(phone(page, 1).locator(".out").last).to_contain_text("/start k_abc")


async def test_a_document_is_downloaded_and_a_voice_file_is_sent(looking, tmp_path):
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


async def test_who_is_not_on_a_phone_has_an_unread_badge_until_looked_at(looking):
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


async def test_a_jump_moves_the_clock_and_says_what_happened(looking):
    async with looking() as (_, page):
        await page.get_by_role("button", name="Pagi kerja berikutnya").click()
        await expect(page.locator("#clock time")).to_contain_text("Senin, 19 Oktober 2026")
        await expect(page.locator("#jump")).to_contain_text("Tidak ada pesan terkirim.")
        await page.get_by_role("button", name="+90 hari").click()
        await expect(page.locator("#clock time")).to_contain_text("17 Januari 2027")


async def test_keys_below_the_chat_and_commands_in_the_menu_are_pressed(looking):
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


async def test_whoever_reads_further_up_stays_there_and_sees_what_came(looking):
    async with looking() as (found, page):
        await found.call("sendMessage", chat_id=1, text="Baris\n" * 60 + "Akhir")
        log, down = phone(page, 1).locator(".log"), phone(page, 1).locator(".down")
        await expect(phone(page, 1).locator(".down")).to_be_hidden()
        await expect(phone(page, 1).locator(".in .time")).to_be_in_viewport()
        await log.hover()
        await page.mouse.wheel(0, -600)
        await expect(down).to_be_visible()
        place = await log.evaluate("(one) => one.scrollTop")
        await found.call("sendMessage", chat_id=1, text="Baru saja")
        await expect(down.locator(".badge")).to_have_text("1")
        assert await log.evaluate("(one) => one.scrollTop") == place
        await down.click()
        await expect(phone(page, 1).get_by_text("Baru saja")).to_be_in_viewport()
        await expect(down).to_be_hidden()


async def test_a_chat_stays_at_its_end_while_pictures_and_cards_grow(looking):
    picture = io.BytesIO()
    segno.make(DEEP_LINK).save(picture, kind="png", scale=8)
    async with looking() as (found, page):
        await found.call("sendMessage", chat_id=1, text="Baris\n" * 60)
        await found.send_file("sendPhoto", 1, "photo", "qr.png", picture.getvalue())
        card = await found.call("sendMessage", chat_id=1, text="Kartu")
        await expect(phone(page, 1).get_by_text("Kartu")).to_be_in_viewport()
        longer = {"message_id": card["message_id"], "text": "Kartu\n" * 8}
        await found.call(
            "editMessageText", chat_id=1, **longer, reply_markup=keyboard([("Ya", "y")])
        )
        await expect(phone(page, 1).locator(".key")).to_be_in_viewport()


async def test_an_answer_that_comes_before_the_tap_has_returned_is_shown_all_the_same(looking):
    async with looking() as (found, page):
        await found.call("sendMessage", chat_id=1, text="?", reply_markup=keyboard([("Ya", "y")]))

        async def answered_first(route):
            response = await route.fetch()
            query = (await response.json())["query_id"]
            await found.call(
                "answerCallbackQuery", callback_query_id=query, text="Sudah", show_alert=True
            )
            await page.wait_for_function(
                "(query) => import('/static/js/store.js').then(({ state }) => state.chats.get(1).taps.get(query)?.answered)",
                arg=query,
            )
            await route.fulfill(response=response)

        await page.route("**/tap", answered_first)
        await phone(page, 1).get_by_role("button", name="Ya", exact=True).click()
        await expect(page.get_by_role("dialog")).to_contain_text("Sudah")
        await page.get_by_role("button", name="Baik").click()
        await expect(phone(page, 1).locator(".key.waiting")).to_have_count(0)


async def test_own_words_can_be_mended_and_a_refusal_gives_them_back(looking):
    async with looking() as (found, page):
        field = phone(page, 1).get_by_label("Tulis pesan")
        await field.fill("Salh")
        await field.press("Enter")
        await phone(page, 1).locator(".out").last.hover()
        await phone(page, 1).locator(".out").last.get_by_label("Ubah pesan").click()
        await field.fill("Salah")
        await field.press("Enter")
        await expect(phone(page, 1).locator(".out").last).to_contain_text("Salah")
        await expect(phone(page, 1).locator(".out").last).to_contain_text("diedit")
        await found.siti.deactivate()
        await expect(field).to_be_hidden()
        await expect(phone(page, 1).locator(".status")).to_have_text("akun dihapus")


async def test_a_bot_is_blocked_and_unblocked_with_two_clicks(looking):
    async with looking() as (found, page):
        await phone(page, 1).get_by_label("Pilihan").click()
        await phone(page, 1).get_by_role("button", name="Blokir bot").click()
        await expect(page.locator("#people [data-person='1']")).to_contain_text("memblokir bot")
        await phone(page, 1).get_by_role("button", name="Buka blokir").last.click()
        await expect(phone(page, 1).get_by_label("Tulis pesan")).to_be_visible()
        assert not (await found.siti.chat()).blocked


async def test_a_slash_offers_the_commands_that_begin_so(looking):
    async with looking() as (found, page):
        await found.call(
            "setMyCommands",
            commands=[
                {"command": "jawaban", "description": "Lihat"},
                {"command": "bantuan", "description": "Tolong"},
            ],
        )
        offered = phone(page, 1).locator("[data-command]:visible")
        for typed in ("/", "/j", "/b") * 7:  # until the page has heard of the commands
            await phone(page, 1).get_by_label("Tulis pesan").fill(typed)
            await page.wait_for_timeout(100)
            if typed == "/b" and await offered.count():
                break
        await expect(offered).to_have_count(1)
        await phone(page, 1).get_by_role("button", name="/bantuan").click()
        await expect(phone(page, 1).locator(".out").last).to_contain_text("/bantuan")
        await expect(phone(page, 1).get_by_label("Tulis pesan")).to_have_value("")


async def test_today_is_called_by_its_date_once_the_clock_has_gone_on(looking):
    async with looking() as (found, page):
        await expect(phone(page, 1).locator(".day")).to_have_text("Hari ini")
        await found.telegram.advance(timedelta(days=1))
        await expect(phone(page, 1).locator(".day")).to_have_text("Jumat, 16 Oktober 2026")


async def test_another_simulator_at_the_same_address_makes_the_page_begin_anew(looking):
    async with looking() as (found, page):
        await page.evaluate("window.before = true")
        await page.evaluate(
            "import('/static/js/store.js').then(({ state }) => { state.bot.instance = 'gone'; })"
        )
        async with page.expect_event("load"):
            await found.call("setMyName", name="Bot lain")
        assert await page.evaluate("window.before === undefined")
        await expect(phone(page, 1).locator(".name")).to_have_text("Bot lain")
