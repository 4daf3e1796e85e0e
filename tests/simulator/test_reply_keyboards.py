"""Reply keyboards, the commands menu and "typing": what a chat shows beside its messages."""

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ForceReply,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from bot.simulator.books import Chat
from bot.simulator.client import SimulatorRefused
from bot.simulator.commands import commands_for
from bot.simulator.views import Key
from tests.simulator.bench import keyboard, workbench

MENU = ReplyKeyboardMarkup(
    [["Lanjut", KeyboardButton("Kirim nomor saya", request_contact=True)], ["Nanti"]],
    resize_keyboard=True,
    one_time_keyboard=True,
    input_field_placeholder="Pilih satu",
)


async def started(bench, phone=""):
    siti = await bench.telegram.create_person("Siti", phone=phone)
    await siti.start()
    return siti


async def test_a_keyboard_is_shown_below_the_chat_with_all_it_says():
    async with workbench() as bench:
        siti = await started(bench)
        sent = await bench.bot.send_message(siti.id, "?", reply_markup=MENU)
        shown = (await siti.chat()).reply_keyboard
        assert shown.message_id == sent.message_id
        assert shown.rows == ((Key("Lanjut"), Key("Kirim nomor saya", "contact")), (Key("Nanti"),))
        assert (shown.resize, shown.one_time, shown.placeholder) == (True, True, "Pilih satu")


async def test_pressing_a_key_sends_its_label_and_hides_a_one_time_keyboard():
    async with workbench() as bench:
        siti = await started(bench)
        await bench.bot.send_message(siti.id, "?", reply_markup=MENU)
        await siti.press("Nanti")
        assert (await bench.bot.get_updates())[-1].message.text == "Nanti"
        shown = (await siti.chat()).reply_keyboard
        assert (shown.hidden, len(shown.rows)) == (True, 2)


async def test_a_key_that_asks_for_it_shares_the_own_contact():
    async with workbench() as bench:
        siti = await started(bench, phone="+628125550201")
        await bench.bot.send_message(siti.id, "?", reply_markup=MENU)
        await siti.press("Kirim nomor saya")
        contact = (await bench.bot.get_updates())[-1].message.contact
        assert (contact.phone_number, contact.user_id) == ("+628125550201", siti.id)


async def test_a_key_that_is_not_there_is_said_in_a_sentence():
    async with workbench() as bench:
        siti = await started(bench)
        with pytest.raises(SimulatorRefused, match=r"no key 'Nanti' .* there are: none"):
            await siti.press("Nanti")


async def test_a_key_that_wants_what_nobody_has_here_is_said_in_a_sentence():
    async with workbench() as bench:
        siti = await started(bench)
        place = ReplyKeyboardMarkup([[KeyboardButton("Di sini", request_location=True)]])
        await bench.bot.send_message(siti.id, "?", reply_markup=place)
        with pytest.raises(SimulatorRefused, match="asks for a location, which nobody has here"):
            await siti.press("Di sini")


@pytest.mark.parametrize("end", ["removed", "deleted"])
async def test_a_keyboard_ends_when_it_is_removed_or_its_message_is_deleted(end):
    async with workbench() as bench:
        siti = await started(bench)
        sent = await bench.bot.send_message(siti.id, "?", reply_markup=MENU)
        await bench.bot.send_message(siti.id, "menu tetap", reply_markup=None)
        assert (await siti.chat()).reply_keyboard is not None
        if end == "removed":
            await bench.bot.send_message(siti.id, "Selesai", reply_markup=ReplyKeyboardRemove())
        else:
            await sent.delete()
        assert (await siti.chat()).reply_keyboard is None


async def test_a_forced_reply_is_over_with_the_next_message():
    async with workbench() as bench:
        siti = await started(bench)
        await bench.bot.send_message(
            siti.id, "Nama?", reply_markup=ForceReply(input_field_placeholder="Nama Anda")
        )
        shown = (await siti.chat()).reply_keyboard
        assert (shown.rows, shown.placeholder) == ((), "Nama Anda")
        await siti.send_text("Siti")
        assert (await siti.chat()).reply_keyboard is None


REFUSED = [
    ({"keyboard": [[{"text": ""}]]}, "keyboard button text must be non-empty"),
    ({"keyboard": [["x"]], "input_field_placeholder": "x" * 65}, "input_field_placeholder must have 1-64 characters (simulator)"),
    ({"keyboard": [["x"] * 101]}, "reply markup is too long"),
    ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "inline keyboard button text must be non-empty"),
    ({"inline_keyboard": [[{"text": "x"}]]}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "words"), REFUSED)
async def test_a_keyboard_that_telegram_would_refuse_is_refused(markup, words):
    async with workbench(with_bot=False) as bench:
        siti = await started(bench)
        _, answer = await bench.raw("sendMessage", chat_id=siti.id, text="?", reply_markup=markup)
        assert answer["description"] == f"Bad Request: {words}"


async def test_a_key_may_be_its_bare_text():
    async with workbench(with_bot=False) as bench:
        siti = await started(bench)
        await bench.raw(
            "sendMessage", chat_id=siti.id, text="?", reply_markup={"keyboard": [["a"]]}
        )
        assert (await siti.chat()).reply_keyboard.rows == ((Key("a"),),)


async def test_a_contact_is_asked_for_in_private_only():
    async with workbench() as bench:
        siti = await started(bench)
        group = await bench.telegram.create_group("Angkatan III", [siti])
        with pytest.raises(BadRequest, match="Phone number can be requested in private chats only"):
            await bench.bot.send_message(group, "?", reply_markup=MENU)


async def test_an_edit_takes_inline_keyboards_only_and_no_message_with_a_reply_keyboard():
    async with workbench(with_bot=False) as bench:
        siti = await started(bench)
        place = {"chat_id": siti.id, "text": "!"}
        await bench.raw("sendMessage", chat_id=siti.id, text="?", reply_markup=MENU.to_dict())
        await bench.raw("sendMessage", **place)
        _, answer = await bench.raw("editMessageText", message_id=2, **place)
        assert answer["description"] == "Bad Request: message can't be edited"
        other = {"force_reply": True}
        _, answer = await bench.raw("editMessageText", message_id=3, reply_markup=other, **place)
        assert answer["description"] == "Bad Request: inline keyboard expected"


async def test_the_menu_shows_the_commands_of_the_narrowest_scope_in_the_own_language():
    async with workbench() as bench:
        siti = await started(bench)
        budi = await bench.telegram.create_person("Budi", language_code="en")
        await budi.start()
        set_to = bench.bot.set_my_commands
        await set_to([BotCommand("lanjut", "Melanjutkan")])
        await set_to([BotCommand("lanjut", "Continue")], language_code="en")
        await set_to([BotCommand("ringkasan", "Ringkasan")], BotCommandScopeChat(siti.id))
        menus = [
            [(command.command, command.description) for command in (await person.chat()).commands]
            for person in (siti, budi)
        ]
        assert menus == [[("ringkasan", "Ringkasan")], [("lanjut", "Continue")]]
        await bench.bot.delete_my_commands(BotCommandScopeChat(siti.id))
        await set_to([BotCommand("mulai", "Mulai")], BotCommandScopeAllPrivateChats())
        assert [command.command for command in (await siti.chat()).commands] == ["mulai"]
        assert [command.command for command in (await budi.chat()).commands] == ["mulai"]


ORDER = {
    "private": [("chat", 7, 0), ("all_private_chats", 0, 0), ("default", 0, 0)],
    "group": [("chat_member", 7, 5), ("chat", 7, 0), ("all_group_chats", 0, 0), ("default", 0, 0)],
}


@pytest.mark.parametrize("kind", ORDER)
def test_each_scope_comes_before_the_next_and_the_language_before_none(kind):
    keys = [(*scope, language) for scope in ORDER[kind] for language in ("id", "")]
    kept = {key: [{"command": str(number)}] for number, key in enumerate(keys)}
    for number, key in enumerate(keys):
        found = commands_for(kept, Chat(7, kind), 5, "id")
        assert found == [{"command": str(number)}]
        del kept[key]
    assert commands_for(kept, Chat(7, kind), 5, "id") == []


async def test_typing_is_over_when_a_message_arrives():
    async with workbench() as bench:
        siti = await started(bench)
        await bench.bot.send_chat_action(siti.id, "typing")
        assert (await siti.chat()).action.action == "typing"
        await bench.bot.send_message(siti.id, "x", reply_markup=keyboard([("Ya", "y")]))
        assert (await siti.chat()).action is None
