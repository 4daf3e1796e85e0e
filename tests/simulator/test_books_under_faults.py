"""10,000 calls from many bots' hands at once, a tenth of them going wrong in every way: the simulator's own books still add up.

The callers know nothing and try each call once. What happened is recomputed from the calls alone and compared with the chats.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

import aiohttp

from bot.simulator.client_faults import NO_LIMITS, faults, set_faults, set_limits
from bot.simulator.fault_plan import CALL_KINDS, WITH_EFFECT, evenly
from bot.simulator.views import CallView, ChatView, TapView
from tests.simulator.bench import BOT, Bench, workbench

CALLS, CHATS, HANDS = 10_000, 40, 8
PLAN = replace(
    evenly(0.1, seed=11), slow_ms=(1, 5), hold_seconds=0.05, html=0.5, retry_after=(1, 7200)
)
METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "deleteMessage", "getUpdates")


@dataclass(slots=True)
class Hand:
    """One of the clients: it knows of each of its chats only what a bot would."""

    session: aiohttp.ClientSession
    bench: Bench
    chats: Sequence[int]
    random: Random
    cards: dict[int, list[int]] = field(default_factory=dict)
    offset: int = 0
    seen: list[int] = field(default_factory=list)

    async def ask(self, method: str, **parameters) -> object:
        """The result, or None when it went wrong in whichever way."""
        url = f"{self.bench.url}/bot{BOT}/{method}"
        try:
            async with self.session.post(url, json=parameters) as answer:
                return (await answer.json(content_type=None)).get("result")
        except (aiohttp.ClientError, ValueError):
            return None

    async def step(self, number: int) -> None:
        chat_id = self.random.choice(self.chats)
        known = self.cards.setdefault(chat_id, [])
        lot = self.random.random()
        if not known or lot < 0.4:
            await self.send(chat_id, number)
        elif lot < 0.65:
            message_id = self.random.choice(known)
            text = f"soal {number}"
            await self.ask("editMessageText", chat_id=chat_id, message_id=message_id, text=text)
        elif lot < 0.85:
            await self.answer_a_tap(chat_id, number)
        elif lot < 0.92:
            message_id = known.pop(self.random.randrange(len(known)))
            await self.ask("deleteMessage", chat_id=chat_id, message_id=message_id)
        else:
            await self.poll()

    async def send(self, chat_id: int, number: int) -> None:
        sent = await self.ask("sendMessage", chat_id=chat_id, text=f"kartu {number}")
        if isinstance(sent, dict):
            self.cards[chat_id].append(sent["message_id"])

    async def answer_a_tap(self, chat_id: int, number: int) -> None:
        tapped = await self.bench.telegram.post(
            f"people/{chat_id}/tap", {"message_id": self.cards[chat_id][-1], "data": "x"}
        )
        query_id = tapped["query_id"]
        await self.ask("answerCallbackQuery", callback_query_id=query_id, text=f"ya {number}")

    async def poll(self) -> None:
        batch = await self.ask("getUpdates", offset=self.offset)
        for update in batch if isinstance(batch, list) else []:
            self.seen.append(update["update_id"])
            self.offset = max(self.offset, update["update_id"] + 1)


@dataclass(frozen=True, slots=True)
class Aftermath:
    calls: list[CallView]
    chats: list[ChatView]
    done: dict[str, int]
    counts: dict[str, int]
    seen: list[int]
    limited: int


async def played() -> Aftermath:
    async with workbench(with_bot=False) as bench, aiohttp.ClientSession() as session:
        for person_id in range(1, CHATS + 1):
            await (await bench.telegram.create_person("Peserta", person_id=person_id)).start()
        await set_limits(bench.telegram, NO_LIMITS)
        await set_faults(bench.telegram, PLAN)
        chats = list(range(1, CHATS + 1))
        hands = [Hand(session, bench, chats[n::HANDS], Random(n)) for n in range(HANDS)]
        numbers = iter(range(CALLS))

        async def work(hand: Hand) -> None:
            for number in numbers:
                await hand.step(number)

        await asyncio.gather(*(work(hand) for hand in hands))
        return Aftermath(
            await bench.telegram.calls(),
            [await bench.telegram.chat(chat_id) for chat_id in chats],
            dict((await faults(bench.telegram)).done),
            await bench.telegram.call_counts(),
            [update_id for hand in hands for update_id in hand.seen],
            await bench.telegram.times_limited(),
        )


async def test_after_ten_thousand_calls_with_faults_the_books_add_up():
    after = await played()
    every_kind_happened_about_as_often_as_asked_for(after)
    counts_are_those_of_the_calls(after)
    what_a_fault_lets_through_had_its_effect(after)
    for chat in after.chats:
        of_this_chat = [call for call in after.calls if call.parameters.get("chat_id") == chat.id]
        messages_are_those_of_the_effective_calls(chat, of_this_chat)
    answered_taps_are_those_of_the_effective_answers(after)
    updates_were_given_again_as_planned(after)


def every_kind_happened_about_as_often_as_asked_for(after: Aftermath) -> None:
    assert len(after.calls) == CALLS
    assert {call.method for call in after.calls} == set(METHODS)
    calls = Counter(call.fault for call in after.calls if call.fault)
    assert set(calls) == set(CALL_KINDS)
    assert 0.085 < calls.total() / CALLS < 0.115
    assert {kind: count for kind, count in after.done.items() if kind in CALL_KINDS} == calls
    assert after.limited == 0


def counts_are_those_of_the_calls(after: Aftermath) -> None:
    assert [call.number for call in after.calls] == list(range(1, CALLS + 1))
    assert after.counts == Counter(f"{call.method} {call.code}" for call in after.calls)
    effects = sum(call.effect for call in after.calls)
    answered = sum(call.code == 200 for call in after.calls)
    unanswered = sum(call.effect and call.code != 200 for call in after.calls)
    assert effects == answered + unanswered
    assert unanswered > 0


def what_a_fault_lets_through_had_its_effect(after: Aftermath) -> None:
    """But for what would have been refused anyway: an edit of what is gone."""
    for call in after.calls:
        if not call.fault:
            assert call.effect == (call.code == 200)
        elif call.fault not in WITH_EFFECT:
            assert not call.effect
        elif call.method in {"sendMessage", "getUpdates", "answerCallbackQuery"}:
            assert call.effect


def messages_are_those_of_the_effective_calls(chat: ChatView, calls: list[CallView]) -> None:
    """The n-th message of the bot in a chat is that of its n-th effective call; ids grow with the calls."""
    texts: dict[int, str] = {}
    edited: set[int] = set()
    ids = iter(sorted(ids_ever_sent(chat, calls)))
    for call in calls:
        if not call.effect:
            continue
        message_id = int(call.parameters.get("message_id", 0))
        if call.method == "sendMessage":
            texts[next(ids)] = call.parameters["text"]
        elif call.method == "editMessageText":
            texts[message_id] = call.parameters["text"]
            edited.add(message_id)
        elif call.method == "deleteMessage":
            del texts[message_id]
    shown = chat.from_bot
    assert {message.message_id: message.text for message in shown} == texts
    assert {message.message_id for message in shown if message.edited} == edited & texts.keys()
    in_order = [message.message_id for message in chat.messages]
    assert in_order == sorted(set(in_order))


def ids_ever_sent(chat: ChatView, calls: list[CallView]) -> set[int]:
    """Those that are shown and those that were deleted: each must have had one effective call."""
    deleted = {
        int(call.parameters["message_id"])
        for call in calls
        if call.method == "deleteMessage" and call.effect
    }
    ids = {message.message_id for message in chat.from_bot} | deleted
    assert len(ids) == sum(call.method == "sendMessage" and call.effect for call in calls)
    return ids


def answered_taps_are_those_of_the_effective_answers(after: Aftermath) -> None:
    taps: list[TapView] = [tap for chat in after.chats for tap in chat.taps]
    said = {
        call.parameters["callback_query_id"]: call.parameters["text"]
        for call in after.calls
        if call.method == "answerCallbackQuery" and call.effect
    }
    assert {tap.query_id: tap.text for tap in taps if tap.answered} == said
    assert len(taps) == sum(call.method == "answerCallbackQuery" for call in after.calls)
    assert len(said) < len(taps)


def updates_were_given_again_as_planned(after: Aftermath) -> None:
    """No update was invented, and some came more than once."""
    assert after.done["duplicate_update"] > 0
    assert after.done["redelivery"] > 0
    assert len(set(after.seen)) < len(after.seen)
