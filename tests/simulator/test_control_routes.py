"""Every route of the control interface is in the table of docs/simulator.md, and the other way round; errors are sentences."""

import re
from pathlib import Path

import aiohttp
import pytest

from bot.simulator.clock import SimulatorClock
from bot.simulator.server import build_app, serving
from tests.simulator.bench import NOON

PAGE = Path(__file__).parents[2] / "docs" / "simulator.md"
PREFIX = "/control/"
ROW = re.compile(
    r"\| ((?:GET|POST|PUT|DELETE)(?:, (?:GET|POST|PUT|DELETE))*) ((?:`[^`|]+`(?:, )?)+)"
)


def served() -> set[str]:
    """As the docs write it: `GET chats/ID`."""
    return {
        f"{route.method} {re.sub('{([^}]+)}', lambda name: name[1].upper(), resource.canonical)}"
        for resource in build_app(SimulatorClock(NOON)).router.resources()
        if resource.canonical.startswith(PREFIX)
        for route in resource
        if route.method != "HEAD"
    }


def documented() -> set[str]:
    rows = [ROW.match(line) for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return {
        f"{verb} {PREFIX}{path.partition('?')[0]}"
        for row in rows
        if row
        for verb in row[1].split(", ")
        for path in re.findall("`([^`]+)`", row[2])
    }


def test_the_table_of_the_docs_is_what_the_server_serves():
    assert len(served()) > 30
    assert documented() == served()


@pytest.mark.parametrize(
    ("verb", "path", "status", "sentence"),
    [
        ("GET", "chat", 404, "there is no /control/chat; docs/simulator.md lists what there is"),
        ("POST", "people/1/dance", 404, "there is no /control/people/1/dance; docs/simulator.md lists what there is"),
        ("PUT", "people", 405, "/control/people takes GET, POST, not PUT"),
        ("GET", "people/1/text", 405, "/control/people/1/text takes POST, not GET"),
    ],
)  # fmt: skip
async def test_a_wrong_address_and_a_wrong_verb_are_said_in_a_sentence(
    verb, path, status, sentence
):
    async with (
        serving(build_app(SimulatorClock(NOON))) as url,
        aiohttp.ClientSession() as session,
        session.request(verb, f"{url}/control/{path}", json={}) as answer,
    ):
        assert (answer.status, await answer.json()) == (status, {"error": sentence})


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{", "the body is not JSON in UTF-8: "),
        (b"\xff", "the body is not JSON in UTF-8: "),
        (b'{"first_name": NaN}', "the body is not JSON in UTF-8: NaN is no number"),
        (b'{"first_name": "\\ud800"}', "the body is not JSON in UTF-8: "),
        (b"[" * 100_000, "the body is not JSON in UTF-8: "),
        (b"[]", "the body must be a JSON object"),
        (b'{"first_name": "Siti", "id": -1}', "a person's id is above 0"),
        (
            b'{"first_name": "Siti", "id": 1e999}',
            "the body is not JSON in UTF-8: a number is too large",
        ),
    ],
)
async def test_a_body_that_is_no_object_is_said_in_a_sentence(body, sentence):
    async with (
        serving(build_app(SimulatorClock(NOON))) as url,
        aiohttp.ClientSession() as session,
        session.post(f"{url}/control/people", data=body) as answer,
    ):
        assert answer.status == 400
        assert (await answer.json())["error"].startswith(sentence)


ODD_BODIES = [
    ("people", {"first_name": "  "}, "first_name is empty"),
    ("people", {"id": 1.5, "first_name": "Siti"}, "id must be a whole number"),
    ("people", {"first_name": "Siti", "username": "a b<c"}, "username is 1 to 32 of"),
    ("bots", {"token": "5:x", "username": ""}, "username is 1 to 32 of"),
    ("bots", {"token": "5:x", "username": "simulator_bot"}, "there is a bot @simulator_bot already"),
    ("people/1/photo", {"caption": "x" * 1025}, "a caption has at most 1024 characters"),
    ("people/1/edit", {"message_id": 1, "text": "x" * 4097}, "an edited text has at most 4096 characters"),
    ("people/1/tap", {"message_id": 1.5, "data": "x"}, "message_id must be a whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "sentence"), ODD_BODIES)
async def test_what_would_change_the_wrong_thing_or_could_not_be_is_said_in_a_sentence(
    path, body, sentence
):
    async with serving(build_app(SimulatorClock(NOON))) as url, aiohttp.ClientSession() as session:
        await session.post(f"{url}/control/people", json={"id": 1, "first_name": "Siti"})
        await session.post(f"{url}/control/people/1/text", json={"text": "/start"})
        await session.get(f"{url}/bot7000000001:AAHx/getMe")
        async with session.post(f"{url}/control/{path}", json=body) as answer:
            assert answer.status in {400, 409}
            assert sentence in (await answer.json())["error"]
        async with session.get(f"{url}/control/bots") as answer:
            assert len(await answer.json()) == 1


BROKEN_FORMS = [
    b"x",
    b"--b\r\nno header",
    b"--b\r\nContent-Transfer-Encoding: zz\r\n\r\n1\r\n--b--\r\n",
]


@pytest.mark.parametrize("body", BROKEN_FORMS)
async def test_a_form_that_cannot_be_read_is_said_in_a_sentence(body):
    async with serving(build_app(SimulatorClock(NOON))) as url, aiohttp.ClientSession() as session:
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        async with session.post(
            f"{url}/control/people/1/photo", data=body, headers=headers
        ) as answer:
            assert answer.status == 400
            assert "the form cannot be read" in (await answer.json())["error"]
