"""Whatever JSON is sent to whichever route of the control interface: the answer is JSON, an error a sentence, and never a 500."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.simulator.clock import SimulatorClock
from bot.simulator.server import build_app, serving
from tests.simulator.bench import NOON, keyboard

# Streams never end, files and pages are no JSON.
NOT_JSON = frozenset({"/control/events", "/control/chats/{id}/files/{file_id}"})
FIELDS = {  # by the last word of the address, so that some of what is sent is understood
    "people": ("id", "first_name", "last_name", "phone", "role"),
    "text": ("text", "chat_id"),
    "tap": ("button", "message_id", "row", "column", "data"),
    "sticker": ("name", "mime", "base64"), "voice": ("name", "mime", "base64"),
    "photo": ("name", "base64", "caption"), "document": ("name", "mime", "base64", "caption"),
    "contact": ("phone_number", "user_id"), "edit": ("message_id", "text"), "forward": ("texts",),
    "groups": ("title", "people"), "raw": ("update_id", "message"), "bots": ("token", "username"),
    "advance": ("seconds", "to"), "followers": ("url",), "quiet": ("timeout", "still_ms"),
    "latency": ("min_ms", "max_ms", "seed"), "limits": ("chat_burst", "overall_per_second"),
    "faults": ("seed", "too_many", "slow", "retry_after", "slow_ms", "flood", "methods", "html"),
    "next": ("kind", "method", "chat_id", "times", "retry_after", "slow_ms", "hold_seconds"),
    "outage": ("seconds", "mode"), "tour": ("title", "intro", "callback", "steps", "actions"),
    "done": ("note",), "progress": ("action", "text"),
}  # fmt: skip
NUMBERED = frozenset({
    "id", "chat_id", "message_id", "row", "column", "user_id", "update_id", "seconds", "timeout", "still_ms",
    "min_ms", "max_ms", "seed", "chat_burst", "overall_per_second", "too_many", "slow", "retry_after",
    "slow_ms", "html", "times", "hold_seconds",
})  # fmt: skip
TEXTS = st.sampled_from(["/start", "Ya", "y", "x" * 5000, "é", "\x00", "", "😀" * 3000])
NUMBERS = st.sampled_from([0, 1, 2, -1, 0.5, 60, 2**53])
APT = {
    "to": st.sampled_from(["2026-10-17T12:00:00+07:00", "9999-12-31T23:59:59-12:00", "2026-10-17"]),
    "token": st.sampled_from(["7000000001:AAHx", "1" * 19 + ":x", "1" * 5000 + ":x", ":"]),
    "url": st.sampled_from(["http://", "http://[", "ftp://x", "http://127.0.0.1:99999/"]),
    "base64": st.sampled_from(["AAAA", "A", "é", "iVBORw0KGgoAAAANSUhEUg=="]),
    "kind": st.sampled_from(["slow", "too_many", "reset_after", "redelivery", "fire"]),
    "mode": st.sampled_from(["reset", "bad_gateway", "war"]), "flood": st.sampled_from(["chat", "x"]),
    "people": st.lists(st.sampled_from([1, 2, True, "1"]), max_size=2),
    "texts": st.lists(TEXTS, max_size=3), "methods": st.lists(TEXTS, max_size=2),
}  # fmt: skip
PLAUSIBLE = (
    TEXTS
    | NUMBERS
    | st.sampled_from(
        ["\ud800", True, None, [1, 2], [], {}, 1e308, 2**80, float("nan"), float("inf")]
    )
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip

IDS = st.sampled_from(["1", "1", "1", "1", "-5", "0", "x", "1.5", "9" * 30, "%00", "%C3%A9"])


ROUTES = sorted(
    f"{route.method} {resource.canonical}"
    for resource in build_app(SimulatorClock(NOON)).router.resources()
    for route in resource
    if resource.canonical.startswith("/control/") and resource.canonical not in NOT_JSON
    if route.method != "HEAD"
)
EXAMPLES = 40


def value_for(field: str) -> st.SearchStrategy:
    """Mostly of the right kind, so that requests get past the first check."""
    apt = APT.get(field, NUMBERS if field in NUMBERED else TEXTS)
    return st.one_of(apt, apt, apt, PLAUSIBLE, ANY_JSON)


def bodies_for(route: str) -> st.SearchStrategy:
    fields = FIELDS.get(route.rpartition("/")[2], ("text",))
    whole = st.fixed_dictionaries({field: value_for(field) for field in fields})
    part = st.fixed_dictionaries({}, optional={field: value_for(field) for field in fields})
    return st.one_of(whole, part, part, ANY_JSON)


@asynccontextmanager
async def prepared() -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    """Siti with a message that has buttons, and a group."""
    app = build_app(SimulatorClock(NOON))
    async with serving(app) as url, aiohttp.ClientSession() as session:
        await session.post(f"{url}/control/people", json={"id": 1, "first_name": "Siti"})
        await session.post(f"{url}/control/people/1/text", json={"text": "/start"})
        card = {"chat_id": 1, "text": "?", "reply_markup": keyboard([("Ya", "y")])}
        await session.post(f"{url}/bot7000000001:AAHx/sendMessage", json=card)
        await session.post(f"{url}/control/groups", json={"title": "Kelas", "people": [1]})
        yield session, url


async def asked(session: aiohttp.ClientSession, url: str, route: str, given_id: str, body) -> None:
    verb, _, path = route.partition(" ")
    if path.endswith("wait/quiet") and isinstance(body, dict):
        body = {**body, "timeout": 0.01}  # it may wait as long as it is told to
    place = URL(url + re.sub("{[^}]+}", given_id, path), encoded=True)
    sent = json.dumps(body)
    async with session.request(verb, place, data=sent) as answer:
        text = await answer.text()
    assert answer.status < 500 or answer.status in {502, 504}, (route, sent, answer.status, text)
    found = json.loads(text)
    if answer.status >= 400:
        assert list(found) == ["error"], (route, sent, text)
        assert found["error"].strip(), (route, sent, text)


@pytest.mark.parametrize("route", ROUTES)
def test_whatever_is_sent_is_answered_in_json_and_never_by_a_500(route):
    with asyncio.Runner() as runner:
        opened = prepared()
        session, url = runner.run(opened.__aenter__())
        try:

            @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
            @given(IDS, bodies_for(route))
            def check(given_id: str, body: object) -> None:
                runner.run(asked(session, url, route, given_id, body))

            check()
        finally:
            runner.run(opened.__aexit__(None, None, None))
