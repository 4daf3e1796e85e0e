"""What arrives, in which order, how fast; and what becomes of what Telegram does not take."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot

from bot.chat import outbox as outbox_module
from bot.chat.limits import Limits, Rates
from bot.chat.outbox import Hooks, Outbox
from bot.chat.outgoing import (
    AnswerTap,
    Button,
    EditMessage,
    LeaveChat,
    Outgoing,
    Screen,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetMenu,
    ShowCard,
)
from bot.chat.request import AiohttpRequest
from bot.chat.updates import Lanes
from bot.errors import TryLater
from bot.simulator.client import SimulatorClient
from bot.simulator.clock import clock_at
from bot.simulator.server import build_app, serving
from tests.chat.scripted_telegram import (
    SOON,
    UNHURRIED,
    Hangs,
    HangsUp,
    Refusal,
    ScriptedTelegram,
    Slow,
    bot_of,
    scripted_telegram,
)

FAST = Rates(overall_per_second=10_000, overall_burst=1000, chat_per_second=10_000, chat_burst=1000)
BLOCKED = Refusal(403, "Forbidden: bot was blocked by the user")
NOT_MODIFIED = Refusal(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
)
FLOOD = Refusal(429, "Too Many Requests: retry after 1", retry_after=1)
LONG_FLOOD = Refusal(429, "Too Many Requests: retry after 3600", retry_after=3600)
BAD_GATEWAY = Refusal(502, "Bad Gateway")
FAILED = Refusal(500, "Internal Server Error")
NGINX = b"<html>502 Bad Gateway</html>"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox_module, "FIRST_PAUSE", 0.01)


class Desk:
    def __init__(self) -> None:
        self.cards: list[tuple[int, int]] = []
        self.blocked: list[int] = []

    async def remember_card(self, chat_id: int, message_id: int, _posed: object) -> None:
        self.cards.append((chat_id, message_id))

    async def note_blocked(self, chat_id: int) -> None:
        self.blocked.append(chat_id)


@asynccontextmanager
async def outbox_to(
    telegram: ScriptedTelegram,
    desk: Desk,
    rates: Rates = FAST,
    turns: Lanes | None = None,
    patience: float = UNHURRIED,
) -> AsyncIterator[Outbox]:
    async with bot_of(telegram, patience) as bot:
        hooks = Hooks(desk.remember_card, desk.note_blocked)
        outbox = Outbox(bot, hooks, turns or Lanes(), Limits(rates))
        yield outbox
        await outbox.close(patience=0.1)


def patience_for(*answers: object) -> float:
    return SOON if any(isinstance(answer, Hangs) for answer in answers) else UNHURRIED


async def shown(outgoing: Outgoing, script: dict[str, list[object]]) -> tuple[list[str], Desk]:
    """The methods that were called for one reply, when Telegram answers as scripted."""
    async with scripted_telegram() as telegram:
        for method, answers in script.items():
            telegram.will_answer(method, *answers)
        desk = Desk()
        patience = patience_for(*itertools.chain(*script.values()))
        async with outbox_to(telegram, desk, patience=patience) as outbox:
            outbox.show(1, [outgoing])
            async with asyncio.timeout(UNHURRIED):
                await outbox.quiet()
        return telegram.methods(), desk


def say(text: str, chat: int = 1) -> SendMessage:
    return SendMessage(chat, Screen(text))


CARD = Screen("Soal 1", ((Button("Ya", "a:1"), Button("Tidak", "a:2")),))
REPLIES = [
    (ShowCard(1, CARD), {}, ["sendMessage"]),
    (ShowCard(1, CARD, edit=5), {}, ["editMessageText"]),
    (ShowCard(1, CARD, retire=5), {}, ["sendMessage", "editMessageReplyMarkup"]),
    (ShowCard(1, CARD, edit=5), {"editMessageText": [NOT_MODIFIED]}, ["editMessageText"]),
    (
        ShowCard(1, CARD, edit=5),
        {"editMessageText": [Refusal(400, "Bad Request: message to edit not found")]},
        ["editMessageText", "sendMessage"],
    ),
    (
        ShowCard(1, CARD, retire=5),
        {"editMessageReplyMarkup": [Refusal(400, "Bad Request: message to edit not found")]},
        ["sendMessage", "editMessageReplyMarkup"],
    ),
    (EditMessage(1, 5, CARD), {"editMessageText": [NOT_MODIFIED]}, ["editMessageText"]),
    (
        AnswerTap("q1"),
        {"answerCallbackQuery": [Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")]},
        ["answerCallbackQuery"],
    ),
    (SendPhoto(1, b"png", "a.png", "Gambar"), {}, ["sendPhoto"]),
    (SendDocument(1, b"csv", "a.csv"), {}, ["sendDocument"]),
    (LeaveChat(-1), {}, ["leaveChat"]),
    (SetMenu(1, (("", (("petugas", "Petugas"),)), ("en", ()))), {}, ["setMyCommands", "deleteMyCommands"]),
    # a person is waiting: tried again until it is delivered
    (say("x"), {"sendMessage": [FLOOD]}, ["sendMessage"] * 2),
    (say("x"), {"sendMessage": [Hangs()]}, ["sendMessage"] * 2),
    (say("x"), {"sendMessage": [HangsUp(), HangsUp(), BAD_GATEWAY, NGINX, HangsUp(), FAILED]}, ["sendMessage"] * 7),
    (AnswerTap("q1"), {"answerCallbackQuery": [HangsUp(), BAD_GATEWAY]}, ["answerCallbackQuery"] * 3),
    (AnswerTap("q1"), {"answerCallbackQuery": [LONG_FLOOD]}, ["answerCallbackQuery"]),
    (say("x"), {"sendMessage": [Refusal(400, "Bad Request: can't parse entities: ...")]}, ["sendMessage"]),
]  # fmt: skip


@pytest.mark.parametrize(("outgoing", "script", "calls"), REPLIES)
async def test_a_reply_and_what_telegram_answers(
    outgoing: Outgoing, script: dict[str, list[object]], calls: list[str]
):
    methods, desk = await shown(outgoing, script)
    assert methods == calls
    assert desk.blocked == []


@pytest.mark.parametrize(
    "refusal",
    [
        BLOCKED,
        Refusal(403, "Forbidden: user is deactivated"),
        Refusal(403, "Forbidden: bot can't initiate conversation with a user"),
        Refusal(400, "Bad Request: chat not found"),
    ],
)
async def test_who_cannot_be_reached_is_noted_and_not_tried_again(refusal: Refusal):
    methods, desk = await shown(say("x"), {"sendMessage": [refusal]})
    assert methods == ["sendMessage"]
    assert desk.blocked == [1]


async def test_a_message_to_a_colleague_waits_in_the_colleagues_queue_and_blocks_nobody_else():
    _, desk = await shown(say("x", chat=7), {"sendMessage": [BLOCKED]})
    assert desk.blocked == [7]


async def test_the_id_of_a_new_card_is_remembered_and_that_of_an_edited_one_is_not():
    _, sent = await shown(ShowCard(1, CARD), {})
    _, edited = await shown(ShowCard(1, CARD, edit=5), {})
    assert (len(sent.cards), edited.cards) == (1, [])


async def test_the_replies_of_one_chat_arrive_in_order_and_a_stuck_chat_holds_up_no_other():
    async with scripted_telegram() as telegram, outbox_to(telegram, Desk()) as outbox:
        telegram.will_answer("sendMessage", Hangs())  # chat 1 gets nowhere for a while
        outbox.show(1, [say("stuck")])
        await asyncio.sleep(0.05)
        outbox.show(2, [say(str(number), 2) for number in range(5)])
        async with asyncio.timeout(UNHURRIED / 2):
            while telegram.texts()[1:] != ["0", "1", "2", "3", "4"]:  # noqa: ASYNC110
                await asyncio.sleep(0.005)


async def test_text_goes_out_as_html_without_a_link_preview():
    async with scripted_telegram() as telegram, outbox_to(telegram, Desk()) as outbox:
        outbox.show(1, [SendMessage(1, CARD)])
        await outbox.quiet()
    ((_, call),) = telegram.calls
    assert call["parse_mode"] == "HTML"
    assert '"is_disabled": true' in call["link_preview_options"]
    assert '"callback_data": "a:2"' in call["reply_markup"]


INITIATED = [
    ([], "sent"),
    ([BLOCKED], "unreachable"),
    ([Hangs()], "unknown"),
    ([HangsUp()], "unknown"),
    # what stands in front of Telegram gives these also after the effect
    ([BAD_GATEWAY], "unknown"),
    ([FAILED], "unknown"),
    ([NGINX], "unknown"),
    ([Refusal(400, "Bad Request: can't parse entities")], "refused"),
]


@pytest.mark.parametrize(("answers", "fate"), INITIATED)
async def test_the_fate_of_what_we_begin_is_reported(answers: list[object], fate: str):
    patience = patience_for(*answers)
    async with (
        scripted_telegram() as telegram,
        outbox_to(telegram, Desk(), patience=patience) as outbox,
    ):
        telegram.will_answer("sendMessage", *answers)
        assert await outbox.initiate(1, [say("x")]) == fate
    assert len(telegram.calls) == 1  # nothing of ours is tried again by itself


async def test_one_flood_wait_halts_all_bulk_but_no_reply():
    async with scripted_telegram() as telegram, outbox_to(telegram, Desk()) as outbox:
        telegram.will_answer("sendMessage", Refusal(429, "Too Many Requests", retry_after=7))
        assert isinstance(await outbox.initiate(1, [say("a")]), TryLater)
        later = await outbox.initiate(2, [say("b", 2)])
        assert isinstance(later, TryLater)
        assert 6 < later.after <= 7
        outbox.show(3, [say("reply", 3)])
        await outbox.quiet()
    assert telegram.texts() == ["a", "reply"]


async def test_a_flood_wait_halts_also_the_bulk_that_is_already_in_the_queue():
    rates = Rates(overall_per_second=20, overall_burst=2)
    async with scripted_telegram() as telegram, outbox_to(telegram, Desk(), rates) as outbox:
        telegram.will_answer("sendMessage", *[Refusal(429, "Too Many Requests", retry_after=1)] * 2)
        fates = await asyncio.gather(*(outbox.initiate(n, [say("x", n)]) for n in range(6)))
    assert all(isinstance(fate, TryLater) for fate in fates)
    assert len(telegram.calls) <= 2


async def test_a_server_that_is_not_there_means_surely_not_sent():
    async with scripted_telegram() as telegram, bot_of(telegram) as bot:
        bot._base_url = "http://127.0.0.1:9/bot1:TEST"
        outbox = Outbox(
            bot, Hooks(Desk().remember_card, Desk().note_blocked), Lanes(), Limits(FAST)
        )
        assert isinstance(await outbox.initiate(1, [say("x")]), TryLater)


async def test_a_reply_waits_out_a_long_flood_wait_and_holds_up_no_bulk(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(outbox_module, "LANE_SECONDS", 0.05)
    async with scripted_telegram() as telegram, outbox_to(telegram, Desk()) as outbox:
        telegram.will_answer("editMessageText", LONG_FLOOD)
        outbox.show(1, [ShowCard(1, CARD, edit=5)])
        await asyncio.sleep(0.1)
        outbox._limits._halted_until = 0.0  # the chat alone waits
        assert isinstance(await outbox.initiate(1, [say("x")]), TryLater)
        assert await outbox.initiate(2, [say("x", 2)]) == "sent"
        assert outbox.busy  # the card is not given up


async def test_an_outage_does_not_use_up_everybodys_reminder():
    async with scripted_telegram() as telegram, outbox_to(telegram, Desk()) as outbox:
        telegram.will_answer("sendMessage", *[BAD_GATEWAY] * 9)
        fates = [await outbox.initiate(chat, [say("x", chat)]) for chat in range(9)]
    assert fates[:3] == ["unknown"] * 3
    assert all(isinstance(fate, TryLater) for fate in fates[3:])
    assert len(telegram.calls) == 3


async def test_what_we_begin_is_prepared_in_the_chats_own_turn():
    """The re-check sees what a handler that was before it has committed."""
    turns, state = Lanes(), {"complete": False}
    go = asyncio.Event()

    async def handler() -> None:
        await go.wait()
        state["complete"] = True

    async def recheck() -> list[Outgoing] | None:
        return None if state["complete"] else [say("reminder")]

    async with scripted_telegram() as telegram, outbox_to(telegram, Desk(), turns=turns) as outbox:
        turns.put(1, handler)
        reminding = asyncio.create_task(outbox.initiate(1, recheck))
        await asyncio.sleep(0.02)
        go.set()
        assert await reminding == "withdrawn"
    assert telegram.calls == []


# ---- how fast --------------------------------------------------------------------------------------


async def test_a_file_on_its_way_holds_up_no_answer_of_the_same_chat():
    """An upload may take long; nothing had to be looked at again right before it."""
    turns = Lanes()

    async def handler() -> None:
        pass

    async with scripted_telegram() as telegram, outbox_to(telegram, Desk(), turns=turns) as outbox:
        telegram.will_answer("sendDocument", Slow(0.5))
        sending = asyncio.create_task(outbox.initiate(1, [SendDocument(1, b"x")]))
        while not telegram.calls:  # noqa: ASYNC110 - another task's state
            await asyncio.sleep(0.005)
        await asyncio.wait_for(turns.turn(1, handler), 0.3)
        assert await sending == "sent"


async def seconds_for(sends: list[int], rates: Rates) -> float:
    loop = asyncio.get_running_loop()
    async with scripted_telegram() as telegram, outbox_to(telegram, Desk(), rates) as outbox:
        begun = loop.time()
        for chat in sends:
            outbox.show(chat, [say("x", chat)])
        await outbox.quiet()
        return loop.time() - begun


async def test_one_chat_gets_a_burst_and_then_its_rate():
    rates = Rates(chat_per_second=10, chat_burst=2)
    assert await seconds_for([1, 1], rates) < 0.1
    assert 0.28 < await seconds_for([1] * 5, rates) < 0.6


async def test_all_chats_together_keep_the_rate_over_all():
    rates = Rates(overall_per_second=50, overall_burst=10)
    assert 0.35 < await seconds_for(list(range(30)), rates) < 0.9


async def test_edits_and_answered_taps_do_not_count():
    loop = asyncio.get_running_loop()
    async with (
        scripted_telegram() as telegram,
        outbox_to(telegram, Desk(), Rates(chat_per_second=1, chat_burst=1)) as outbox,
    ):
        begun = loop.time()
        outbox.show(1, [ShowCard(1, CARD, edit=5), AnswerTap("q"), EditMessage(1, 6, CARD)] * 10)
        await outbox.quiet()
        assert loop.time() - begun < 0.8
    assert len(telegram.calls) == 30


async def test_a_reply_goes_before_the_bulk_that_waits():
    rates = Rates(overall_per_second=20, overall_burst=2, chat_burst=5)
    async with scripted_telegram() as telegram, outbox_to(telegram, Desk(), rates) as outbox:
        bulk = [
            asyncio.create_task(outbox.initiate(chat, [say("bulk", chat)]))
            for chat in range(10, 18)
        ]
        await asyncio.sleep(0.06)
        outbox.show(1, [say("reply")])
        await asyncio.gather(*bulk)
        await outbox.quiet()
    assert telegram.texts().index("reply") <= 4
    assert len(telegram.texts()) == 9


async def test_at_full_load_the_simulator_gives_no_429():
    """Everybody is sent three at once, and each answer of the server is late by up to 20 ms."""
    app = build_app(clock_at("real"))
    async with serving(app) as url, SimulatorClient(url) as telegram:
        people = [await telegram.create_person(f"Uji {number}") for number in range(22)]
        await asyncio.gather(*(someone.start() for someone in people))
        await telegram.set_latency(0, 20, seed=1)
        desk, request = Desk(), AiohttpRequest()
        bot = Bot(
            "123456:TEST", base_url=f"{url}/bot", request=request, get_updates_request=request
        )
        async with bot:
            outbox = Outbox(bot, Hooks(desk.remember_card, desk.note_blocked), Lanes())
            for someone in people:
                outbox.show(someone.id, [say(f"pesan {n}", someone.id) for n in range(3)])
            async with asyncio.timeout(10):
                await outbox.quiet()
        assert await telegram.invalid_calls() == []
        assert (
            await telegram.call_counts() | {"sendMessage 200": 66} == await telegram.call_counts()
        )
        assert await telegram.times_limited() == 0
