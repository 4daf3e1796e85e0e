"""What the methods do, through python-telegram-bot."""

import asyncio
import time
from datetime import timedelta

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InputFile,
    MenuButtonCommands,
    MenuButtonWebApp,
    Update,
    WebAppInfo,
)
from telegram.error import BadRequest

from bot.simulator.control_people import PNG_DOT
from tests.simulator.bench import BOT, keyboard, workbench


async def updates_of(bench) -> tuple[Update, ...]:
    return await bench.bot.get_updates(timeout=0)


async def test_a_deep_link_arrives_as_a_start_command():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti", phone="+628125550201")
        await siti.start("k_token-123")
        (update,) = await updates_of(bench)
        assert update.message.text == "/start k_token-123"
        assert update.message.entities[0].type == "bot_command"
        assert update.effective_user.language_code == "id"


async def test_a_tap_arrives_with_its_message_and_the_card_is_edited():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        card = await bench.bot.send_message(
            siti.id, "1/9", reply_markup=keyboard([("Setuju", "a4")])
        )
        await siti.tap("Setuju")
        update = (await updates_of(bench))[-1]
        assert (update.callback_query.data, update.callback_query.message.message_id) == (
            "a4",
            card.id,
        )
        await update.callback_query.answer("ok")
        await update.callback_query.edit_message_text(
            "2/9", reply_markup=keyboard([("Baik", "b1")])
        )
        shown = (await siti.chat()).last
        assert (shown.text, shown.labels, shown.edited is not None) == ("2/9", ["Baik"], True)


async def test_a_tap_on_a_deleted_message_is_inaccessible():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        card = await bench.bot.send_message(siti.id, "x", reply_markup=keyboard([("Ya", "y")]))
        await card.delete()
        await siti.forge_tap(card.message_id, "y")
        assert not (await updates_of(bench))[-1].callback_query.message.is_accessible


async def test_a_photo_is_sent_shown_downloaded_and_sent_again_by_its_id():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        sent = await bench.bot.send_photo(
            siti.id, PNG_DOT, caption="<i>rapi</i>", parse_mode="HTML"
        )
        assert (sent.photo[-1].width, sent.caption_entities[0].type) == (1, "italic")
        file = await bench.bot.get_file(sent.photo[-1].file_id)
        assert bytes(await file.download_as_bytearray()) == PNG_DOT
        again = await bench.bot.send_photo(siti.id, sent.photo[-1].file_id)
        assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
        shown = (await siti.chat()).messages[1]
        assert (shown.kind, shown.text, shown.html) == ("photo", "rapi", "<i>rapi</i>")
        assert await bench.telegram.file(siti.id, shown.file.file_id) == PNG_DOT


async def test_a_document_keeps_its_name_and_kind():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        sent = await bench.bot.send_document(siti.id, b"a;b", filename="jawaban.csv")
        assert (sent.document.file_name, sent.document.mime_type, sent.document.file_size) == (
            "jawaban.csv", "text/csv", 3)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "File must be non-empty"), (b"no picture", "Image_process_failed"),
     (b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\x00\x00\x23\x28\x00\x00\x23\x28", "Photo_invalid_dimensions")],
)  # fmt: skip
async def test_a_photo_that_is_none_is_refused(content, words):
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        with pytest.raises(BadRequest) as refused:
            await bench.bot.send_photo(siti.id, InputFile(content, "x.png"))
        assert refused.value.message == words


async def test_a_caption_has_at_most_1024_characters():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await bench.bot.send_photo(siti.id, PNG_DOT, caption="x" * 1024)
        with pytest.raises(BadRequest, match="Message caption is too long"):
            await bench.bot.send_photo(siti.id, PNG_DOT, caption="x" * 1025)


async def test_what_people_send_can_be_downloaded():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.send_document("daftar.xlsx", b"not really")
        (update,) = await updates_of(bench)
        file = await update.message.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"not really"


async def test_every_kind_of_message_is_parsed_as_what_it_is(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti", phone="+628125550201")
        await siti.send_sticker()
        await siti.send_voice(b"ogg")
        await siti.send_photo(caption="foto")
        await siti.share_contact()
        await siti.forward(["satu", "dua"])
        sticker, voice, photo, contact, first, second = [
            update.message for update in await updates_of(bench)
        ]
        assert sticker.sticker.file_id
        assert voice.voice.duration == timedelta(seconds=3)
        assert photo.caption == "foto"
        assert (contact.contact.phone_number, contact.contact.user_id) == ("+628125550201", siti.id)
        assert [message.forward_origin.sender_user.id for message in (first, second)] == [
            siti.id
        ] * 2


async def test_an_edited_text_arrives_as_edited():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        (message_id,) = (await siti.send_text("25 jam")).message_ids
        await siti.edit(message_id, "24 jam")
        update = (await updates_of(bench))[-1]
        assert (update.edited_message.text, update.edited_message.message_id) == (
            "24 jam",
            message_id,
        )


async def test_a_text_of_4097_characters_arrives_in_two_messages_as_from_a_real_client():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.send_text("x" * 4097)
        assert [len(update.message.text) for update in await updates_of(bench)] == [4096, 1]


async def test_a_long_text_of_a_person_is_not_cut_within_a_character():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.send_text("x" * 4095 + "\U0001f600" * 50_000)
        texts = [message.text for message in (await siti.chat()).messages]
        assert [len(text) for text in texts[:3]] == [4095, 2048, 2048]
        assert "".join(texts) == "x" * 4095 + "\U0001f600" * 50_000


async def test_blocking_and_unblocking_are_told_to_the_bot():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await siti.block()
        await siti.unblock()
        _, blocked, unblocked = await updates_of(bench)
        assert blocked.my_chat_member.new_chat_member.status == "kicked"
        assert unblocked.my_chat_member.new_chat_member.status == "member"


async def test_in_a_group_the_bot_sees_that_it_was_added_and_commands_only():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        group = await bench.telegram.create_group("Angkatan III", [siti])
        await siti.send_text("selamat pagi semua", chat_id=group)
        await siti.send_text("/start", chat_id=group)
        added, created, command = await updates_of(bench)
        assert added.my_chat_member.new_chat_member.status == "member"
        assert created.message.group_chat_created
        assert (command.message.text, command.effective_chat.id) == ("/start", group)


async def test_commands_are_kept_per_scope_and_language():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        scope = BotCommandScopeChat(siti.id)
        await bench.bot.set_my_commands([BotCommand("lanjut", "Melanjutkan")])
        await bench.bot.set_my_commands([BotCommand("lanjut", "Continue")], language_code="en")
        await bench.bot.set_my_commands([BotCommand("ringkasan", "Ringkasan")], scope=scope)
        assert (await bench.bot.get_my_commands(language_code="en"))[0].description == "Continue"
        assert (await bench.bot.get_my_commands(scope=scope))[0].command == "ringkasan"
        await bench.bot.delete_my_commands(scope=scope)
        assert await bench.bot.get_my_commands(scope=scope) == ()


async def test_the_menu_button_is_kept_per_chat_and_for_all_others():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        assert (await bench.bot.get_chat_menu_button(siti.id)).type == "commands"
        page = MenuButtonWebApp("Isi", WebAppInfo("https://example.org"))
        await bench.bot.set_chat_menu_button(menu_button=page)
        assert await bench.bot.get_chat_menu_button(siti.id) == page
        await bench.bot.set_chat_menu_button(siti.id, MenuButtonCommands())
        assert (await bench.bot.get_chat_menu_button(siti.id)).type == "commands"
        assert await bench.bot.get_chat_menu_button() == page


async def test_names_descriptions_and_webhook_answer_as_telegram_does():
    async with workbench() as bench:
        await bench.bot.set_my_description("Survei pelatihan", language_code="id")
        assert (
            await bench.bot.get_my_description(language_code="id")
        ).description == "Survei pelatihan"
        assert (await bench.bot.get_my_name()).name == "Simulator"
        assert await bench.bot.delete_webhook(drop_pending_updates=True)
        assert (await bench.bot.get_webhook_info()).url == ""


async def test_a_chat_can_be_looked_up_and_shown_typing():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti", "Aminah")
        await siti.start()
        await bench.bot.send_chat_action(siti.id, "typing")
        assert (await bench.bot.get_chat(siti.id)).full_name == "Siti Aminah"
        assert (await siti.chat()).actions == ("typing",)


async def test_an_offset_confirms_and_the_kinds_are_remembered():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        (update,) = await bench.bot.get_updates(allowed_updates=["message"])
        assert await bench.telegram.pending() == 1
        await siti.block()
        await siti.unblock()
        assert await bench.bot.get_updates(offset=update.update_id + 1) == ()
        assert await bench.telegram.pending() == 0


async def test_a_long_poll_ends_when_something_arrives():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        waiting = asyncio.create_task(bench.bot.get_updates(timeout=20))
        await asyncio.sleep(0.05)
        await siti.start()
        (update,) = await asyncio.wait_for(waiting, 1)
        assert update.message.text == "/start"


async def test_a_negative_offset_forgets_once_and_not_with_every_look():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        waiting = asyncio.create_task(bench.bot.get_updates(offset=-1, timeout=20))
        await asyncio.sleep(0.05)
        await siti.forward(["satu", "dua", "tiga"])
        assert len(await asyncio.wait_for(waiting, 1)) == 3


async def test_stopping_the_server_ends_a_long_poll_at_once():
    async with workbench(with_bot=False) as bench:
        waiting = asyncio.create_task(bench.raw("getUpdates", timeout=20))
        await asyncio.sleep(0.3)
        before = time.monotonic()
    assert time.monotonic() - before < 0.7
    assert await waiting == (200, {"ok": True, "result": []})


async def test_what_people_wrote_before_the_bot_came_waits_for_it():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        _, answer = await bench.raw("getUpdates")
        assert [update["message"]["text"] for update in answer["result"]] == ["/start"]


async def test_two_bots_have_their_own_chats_and_updates():
    async with workbench() as bench:
        await bench.telegram.name_bot("42:another_bots_token", "lain_bot")
        siti = await bench.telegram.create_person("Siti")
        await siti.start("satu")
        other = type(bench.telegram)(bench.url, bot="lain_bot")
        async with other:
            assert await other.chats() == []
            assert await other.pending() == 0
        assert await bench.telegram.pending() == 1
        assert BOT.partition(":")[0] == str(bench.bot.id)


async def test_a_message_carries_the_simulators_time():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await bench.telegram.advance(timedelta(days=90))
        sent = await bench.bot.send_message(siti.id, "x")
        assert sent.date == await bench.telegram.now()
