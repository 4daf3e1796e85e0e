"""What staff are told when they press Start, and which command menus they are offered."""

import pytest
from telegram import Update

from bot.chat import menu
from bot.chat.handlers import start
from bot.store.database import Database
from tests.chat.scripted_telegram import Refusal, bot_of, scripted_telegram, text_update
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, STRANGER, desk_on, screen_of


async def started(database: Database, who: int, text: str = "/start") -> str:
    update = Update.de_json(text_update(1, who, text))
    return screen_of(await start.on_start(desk_on(database), update)).text


@pytest.mark.parametrize(
    ("who", "named", "not_named"),
    [(COORDINATOR, "/tindaklanjut", "/ringkasan"), (ADMINISTRATOR, "/ringkasan", "kode kelas")],
)
async def test_staff_are_told_their_own_commands(
    database: Database, who: int, named: str, not_named: str
):
    text = await started(database, who)
    assert named in text
    assert not_named not in text


async def test_everybody_else_is_asked_for_the_class_code(database: Database):
    text = await started(database, STRANGER)
    assert "kode kelas" in text
    assert "/tindaklanjut" not in text


async def test_a_link_of_a_colleague_is_looked_up_as_anybodys(database: Database):
    assert "tidak kami kenali" in await started(database, COORDINATOR, "/start pXXXXXXXX")


async def test_a_colleague_who_never_pressed_start_costs_the_others_no_menu(database: Database):
    async with scripted_telegram() as telegram, bot_of(telegram) as bot:
        languages = len(desk_on(database).texts.languages())
        telegram.will_answer("setMyCommands", *[None] * languages, Refusal(400, "chat not found"))
        await menu.offer(bot, desk_on(database))
        offered = [call for method, call in telegram.calls if method == "setMyCommands"]
        chats = [call["scope"] for call in offered if "scope" in call]
    assert str(ADMINISTRATOR) in chats[0]
    assert len([chat for chat in chats if str(COORDINATOR) in chat]) == languages
