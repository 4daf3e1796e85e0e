"""What Telegram refuses, provoked through python-telegram-bot: the exceptions are those it raises with Telegram."""

import asyncio
from datetime import timedelta

import pytest
from telegram import BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from tests.simulator.bench import BOT, keyboard, workbench

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


def buttons(count: int, data: str = "x", per_row: int = 8, label: str = "") -> InlineKeyboardMarkup:
    flat = [InlineKeyboardButton(f"{label}{number}", callback_data=data) for number in range(count)]
    return InlineKeyboardMarkup([flat[at : at + per_row] for at in range(0, count, per_row)])


REFUSED_MESSAGES = [
    ({"text": ""}, "Message text is empty"),
    ({"text": "   \n"}, "Message text is empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "Message text is empty"),
    ({"text": "x" * 4097}, "Message is too long"),
    ({"text": "👍" * 2049}, "Message is too long"),
    ({"text": "a < b", "parse_mode": "HTML"}, "Can't parse entities: unsupported start tag \"\" at byte offset 2"),
    ({"text": "x", "parse_mode": "XML"}, "Unsupported parse_mode"),
    ({"text": "x", "parse_mode": "Markdown"}, "Parse mode markdown is not offered here, use html (simulator)"),
    ({"text": "x", "reply_markup": buttons(1, "é" * 33)}, "Button_data_invalid"),
    ({"text": "x", "reply_markup": buttons(101)}, "Reply markup is too long"),
    ({"text": "x", "reply_markup": buttons(95, "d" * 64, 1, "pilihan ke-")}, "Reply markup is too long"),
    ({"text": "x", "reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("a", url="tidak ada")]])},
     "Inline keyboard button url 'tidak ada' is invalid: wrong http url"),
    ({"text": "x", "reply_to_message_id": 99}, "Message to be replied not found"),
    ({"text": "x", "message_thread_id": 5}, "Message thread not found"),
    ({"text": "x", "business_connection_id": "b"}, "Business connection not found"),
    ({"text": "x", "reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("a", url="https://a.id", callback_data="a")]])},
     "An inline button has one action, not 2 (simulator)"),
]  # fmt: skip


@pytest.mark.parametrize(("parameters", "words"), REFUSED_MESSAGES)
async def test_a_message_that_telegram_would_refuse_is_refused(parameters, words):
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        with pytest.raises(BadRequest) as refused:
            await bench.bot.send_message(siti.id, **parameters)
        assert refused.value.message.lower() == words.lower()
        assert (await siti.chat()).from_bot == ()


@pytest.mark.parametrize(
    "parameters",
    [
        {"text": "x" * 4096},
        {"text": "👍" * 2048},
        {"text": "<b>" + "&amp;" * 4096 + "</b>", "parse_mode": "HTML"},  # measured after parsing
        {"text": "x", "reply_markup": buttons(100)},
        {"text": "x", "reply_markup": buttons(1, "é" * 32)},
    ],
)
async def test_a_message_at_the_very_limit_passes(parameters):
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await bench.bot.send_message(siti.id, **parameters)
        assert len((await siti.chat()).from_bot) == 1


async def test_a_language_has_two_letters():
    async with workbench() as bench:
        with pytest.raises(BadRequest, match="Invalid language code specified"):
            await bench.bot.set_my_commands([BotCommand("a", "b")], language_code="indonesian")


async def test_who_never_pressed_start_cannot_be_reached():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bench.bot.send_message(siti.id, "Halo")


async def test_who_is_only_known_from_a_group_cannot_be_written_to_first():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await bench.telegram.create_group("Angkatan III", [siti])
        with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
            await bench.bot.send_message(siti.id, "Halo")


async def test_who_blocked_the_bot_gets_nothing_until_unblocking():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await siti.block()
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bench.bot.send_message(siti.id, "Halo")
        await siti.unblock()
        assert (await bench.bot.send_message(siti.id, "Halo")).text == "Halo"


async def test_who_deleted_the_account_is_gone():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await siti.deactivate()
        with pytest.raises(Forbidden, match="user is deactivated"):
            await bench.bot.send_message(siti.id, "Halo")


async def test_the_same_content_again_is_no_edit():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        sent = await bench.bot.send_message(siti.id, "<b>1</b>", "HTML", reply_markup=buttons(2))
        with pytest.raises(BadRequest) as refused:
            await sent.edit_text("<strong>1</strong>", "HTML", reply_markup=buttons(2))
        assert refused.value.message == NOT_MODIFIED
        with pytest.raises(BadRequest) as refused:
            await sent.edit_reply_markup(buttons(2))
        assert refused.value.message == NOT_MODIFIED


async def test_an_edit_without_markup_takes_the_buttons_away():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        sent = await bench.bot.send_message(siti.id, "1", reply_markup=buttons(2))
        edited = await sent.edit_text("1")
        assert edited.reply_markup is None
        assert edited.edit_date is not None


async def test_only_own_messages_that_exist_can_be_edited():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        (message_id,) = (await siti.start()).message_ids
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await bench.bot.edit_message_text("x", siti.id, message_id)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bench.bot.edit_message_text("x", siti.id, 999)
        with pytest.raises(BadRequest, match="Message to delete not found"):
            await bench.bot.delete_message(siti.id, 999)


async def test_messages_older_than_two_days_cannot_be_deleted():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        sent = await bench.bot.send_message(siti.id, "x")
        await bench.telegram.advance(timedelta(hours=49))
        with pytest.raises(BadRequest, match="Message can't be deleted"):
            await sent.delete()


async def test_a_tap_can_be_answered_for_150_seconds():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await bench.bot.send_message(siti.id, "?", reply_markup=buttons(1))
        tap = await siti.tap("0")
        await bench.telegram.advance(timedelta(seconds=150))
        await bench.bot.answer_callback_query(tap.query_id, "Tersimpan", show_alert=True)
        answered = await bench.telegram.answer_to(tap.query_id)
        assert (answered.answered, answered.text, answered.alert) == (True, "Tersimpan", True)
        await bench.telegram.advance(timedelta(seconds=1))
        with pytest.raises(BadRequest) as refused:
            await bench.bot.answer_callback_query(tap.query_id)
        assert refused.value.message == TOO_OLD


async def test_an_answer_to_a_tap_has_at_most_200_characters():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        await bench.bot.send_message(siti.id, "?", reply_markup=buttons(1))
        tap = await siti.tap("0")
        await bench.bot.answer_callback_query(tap.query_id, "x" * 200)
        with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
            await bench.bot.answer_callback_query(tap.query_id, "x" * 201)


async def test_a_fourth_message_at_once_in_one_chat_has_to_wait(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        for number in range(3):
            await bench.bot.send_message(siti.id, str(number))
        with pytest.raises(RetryAfter) as refused:
            await bench.bot.send_message(siti.id, "3")
        assert refused.value.retry_after == timedelta(seconds=1)
        assert await bench.telegram.times_limited() == 1


async def test_edits_and_answered_taps_do_not_count_as_messages():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        sent = await bench.bot.send_message(siti.id, "0", reply_markup=buttons(1))
        for number in range(1, 10):
            tap = await siti.forge_tap(sent.message_id, "x")
            await bench.bot.answer_callback_query(tap.query_id)
            await sent.edit_text(str(number))
        assert await bench.telegram.times_limited() == 0


async def test_the_second_poller_ends_the_first():
    async with workbench() as bench:
        first = asyncio.create_task(bench.bot.get_updates(timeout=5))
        await asyncio.sleep(0.05)
        assert await bench.raw("getUpdates") == (200, {"ok": True, "result": []})
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first


async def test_a_group_that_became_a_supergroup_names_its_new_id():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        group = await bench.telegram.create_group("Angkatan III", [siti])
        moved = await bench.telegram.post(f"groups/{group}/upgrade", {})
        status, answer = await bench.raw("sendMessage", chat_id=group, text="x")
        assert (status, answer["parameters"]) == (400, {"migrate_to_chat_id": moved["chat"]["id"]})


async def test_a_group_that_was_left_takes_nothing_more():
    async with workbench() as bench:
        siti = await bench.telegram.create_person("Siti")
        group = await bench.telegram.create_group("Angkatan III", [siti])
        await bench.bot.leave_chat(group)
        with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
            await bench.bot.send_message(group, "x")


@pytest.mark.parametrize(
    ("command", "words"),
    [(BotCommand("Mulai", "x"), "BOT_COMMAND_INVALID"), (BotCommand("a" * 33, "x"), "BOT_COMMAND_INVALID"),
     (BotCommand("mulai", "x" * 257), "BOT_COMMAND_DESCRIPTION_INVALID")],
)  # fmt: skip
async def test_a_command_telegram_would_refuse_is_refused(command, words):
    async with workbench() as bench:
        with pytest.raises(BadRequest, match=f"(?i){words}"):
            await bench.bot.set_my_commands([command])


async def test_commands_for_an_unknown_chat_are_refused():
    async with workbench() as bench:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bench.bot.set_my_commands(
                [BotCommand("mulai", "x")], scope=BotCommandScopeChat(5)
            )


RAW = [
    ("sendMesage", {}, 404, "Not Found"),
    ("sendMessage", {"chat_id": 1, "text": "x", "txt": "y"}, 400, "Bad Request: unknown parameter txt (simulator)"),
    ("sendMessage", {"text": "x"}, 400, "Bad Request: chat_id is empty"),
    ("sendMessage", {"chat_id": 1}, 400, "Bad Request: message text is empty"),
    ("sendMessage", {"chat_id": 1, "text": "x"}, 400, "Bad Request: chat not found"),
    ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": "{"}, 400, "Bad Request: reply_markup must be InlineKeyboardMarkup (simulator)"),
    ("deleteMessage", {"chat_id": 1}, 400, "Bad Request: message identifier is not specified"),
    ("sendPhoto", {"chat_id": 1}, 400, "Bad Request: there is no photo in the request"),
    ("getFile", {}, 400, "Bad Request: file_id not specified"),
    ("getFile", {"file_id": "x"}, 400, "Bad Request: invalid file_id"),
    ("setWebhook", {}, 400, "Bad Request: parameter url is required (simulator)"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "parameters", "code", "description"), RAW)
async def test_a_raw_call_is_answered_as_telegram_answers(method, parameters, code, description):
    async with workbench(with_bot=False) as bench:
        status, answer = await bench.raw(method, **parameters)
        assert status == code
        assert answer == {"ok": False, "error_code": code, "description": description}


async def test_a_malformed_token_is_no_bot():
    async with workbench() as bench:
        wrong = type(bench.bot)("no-token", base_url=f"{bench.url}/bot")
        with pytest.raises(InvalidToken):
            await wrong.initialize()
        await wrong.request.shutdown()
        await wrong._request[0].shutdown()


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json"])
async def test_parameters_may_come_in_every_way_telegram_takes(way):
    import aiohttp  # noqa: PLC0415 - the raw ways are this test's subject only

    async with workbench(with_bot=False) as bench, aiohttp.ClientSession() as session:
        siti = await bench.telegram.create_person("Siti")
        await siti.start()
        fields = {"chat_id": str(siti.id), "text": "Halo"}
        form = aiohttp.FormData(fields, default_to_multipart=True)
        body = {"query": {"params": fields}, "form": {"data": fields}, "json": {"json": fields},
                "multipart": {"data": form}}[way]  # fmt: skip
        async with session.post(f"{bench.url}/bot{BOT}/SENDMESSAGE", **body) as answer:
            sent = (await answer.json())["result"]
        assert (sent["text"], sent["chat"]["id"]) == ("Halo", siti.id)


async def test_a_message_looks_exactly_as_telegram_writes_it():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti", "Aminah", username="siti_a")
        await siti.start()
        _, answer = await bench.raw(
            "sendMessage", chat_id=siti.id, text="<b>Halo</b>", parse_mode="HTML",
            reply_markup=keyboard([("Ya", "y")]),
        )  # fmt: skip
        assert answer == {"ok": True, "result": {
            "message_id": 2,
            "from": {"id": 7000000001, "is_bot": True, "first_name": "Simulator", "username": "simulator_bot"},
            "chat": {"id": siti.id, "type": "private", "first_name": "Siti", "last_name": "Aminah", "username": "siti_a"},
            "date": 1792126800,
            "text": "Halo",
            "entities": [{"type": "bold", "offset": 0, "length": 4}],
            "reply_markup": {"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]},
        }}  # fmt: skip
