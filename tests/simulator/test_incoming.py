"""Whatever a bot sends, in whatever shape: an answer in Telegram's form, never a 500, and nothing that spoils the books for others."""

import json

import aiohttp
import pytest
from yarl import URL

from tests.simulator.bench import BOT, workbench

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
NOT_UTF8 = "Bad Request: strings must be encoded in UTF-8"
NO_JSON = "Bad Request: can't parse JSON object"
DEEP = "[" * 100_000
NESTED = "[" * 101 + "]" * 101
HALF = json.dumps({"chat_id": 1, "text": "a\ud800b"}).encode()
IN_A_BUTTON = {"inline_keyboard": [[{"text": "\ud800", "callback_data": "x"}]]}


def parts(*lines: str) -> bytes:
    return "\r\n".join(("--b", *lines, "--b--", "")).encode("latin-1")


UNREADABLE = [
    (JSON, DEEP.encode(), NO_JSON),
    (JSON, b'{"chat_id": 1, "text": "a", "entities": ' + NESTED.encode() + b"}", NO_JSON),
    (JSON, b'{"chat_id": Infinity, "text": "a"}', NO_JSON),
    (JSON, b'{"chat_id": 1e999, "text": "a"}', NO_JSON),
    (JSON, HALF, NOT_UTF8),
    (JSON, json.dumps({"chat_id": 1, "text": "a", "reply_markup": IN_A_BUTTON}).encode(), NOT_UTF8),
    (JSON, '{"chat_id": 1, "text": "é"}'.encode("latin-1"), NOT_UTF8),
    (JSON, '{"chat_id": 1, "text": "é"}'.encode("utf-16"), NOT_UTF8),
    (FORM, b"chat_id=1&text=%ff", NOT_UTF8),
    (FORM, b"chat_id=1&text=\xff", NOT_UTF8),
    (FORM, "&".join(f"p{number}=1" for number in range(1001)).encode(), "Bad Request: more than 1000 parameters (simulator)"),
    ("multipart/form-data", b"x", "can't parse the multipart form: boundary missed"),
    ("multipart/form-data; boundary=b", b"x", "can't parse the multipart form: Could not find starting boundary"),
    ("multipart/form-data; boundary=b", b"--b\r\nno header", "can't parse the multipart form: 400, message: Invalid HTTP header"),
    ("multipart/form-data; boundary=b", parts("", "1"), "can't parse the multipart form: Multipart field missing name"),
    ("multipart/form-data; boundary=b", parts('Content-Disposition: form-data; name="text"', "", "\xff"), NOT_UTF8),
    ("multipart/form-data; boundary=b",
     parts('Content-Disposition: form-data; name="text"', "Content-Type: text/plain; charset=zzz", "", "1"),
     "can't parse the multipart form: unknown encoding: zzz"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "words"), UNREADABLE)
async def test_a_body_that_cannot_be_read_is_refused_in_words(kind, body, words):
    async with workbench(with_bot=False) as bench:
        status, answer = await sent(bench.url, body, kind)
        assert (status, answer["ok"], answer["error_code"]) == (400, False, 400)
        assert words in answer["description"]


async def test_a_body_that_is_not_packed_as_it_says_is_refused_in_words():
    async with workbench(with_bot=False) as bench:
        headers = {"Content-Encoding": "gzip"}
        status, answer = await sent(bench.url, b"no gzip", JSON, **headers)
        assert (status, answer["error_code"]) == (400, 400)


async def test_an_address_in_another_encoding_is_refused():
    async with workbench(with_bot=False) as bench, aiohttp.ClientSession() as session:
        address = f"{bench.url}/bot{BOT}/sendMessage?chat_id=1&text=%ff%fe"
        async with session.get(URL(address, encoded=True)) as answer:
            assert (await answer.json())["description"] == NOT_UTF8


DEEP_IN_A_TEXT = ["entities", "reply_markup", "reply_parameters", "link_preview_options"]


@pytest.mark.parametrize("name", DEEP_IN_A_TEXT)
@pytest.mark.parametrize("text", [DEEP, NESTED, "NaN", '["\\ud800"]'])
async def test_json_in_a_text_is_refused_as_json_in_a_body_is(name, text):
    async with workbench(with_bot=False) as bench:
        status, answer = await bench.raw("sendMessage", chat_id=1, text="a", **{name: text})
        assert (status, answer["error_code"]) == (400, 400)


async def test_the_books_and_the_page_bear_whatever_was_refused():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti", person_id=1)
        await siti.start()
        for kind, body, _ in UNREADABLE:
            await sent(bench.url, body, kind)
        await bench.raw("sendMessage", chat_id=1, text="Halo")
        assert [message.text for message in (await siti.chat()).from_bot] == ["Halo"]
        assert len(await bench.telegram.calls()) == len(UNREADABLE) + 1


async def test_half_a_character_behind_a_reference_is_refused_and_a_number_that_is_none_stays_text():
    async with workbench(with_bot=False) as bench:
        siti = await bench.telegram.create_person("Siti", person_id=1)
        await siti.start()
        _, answer = await bench.raw("sendMessage", chat_id=1, text="&#xDFDF;", parse_mode="HTML")
        assert answer["description"].startswith(
            "Bad Request: can't parse entities: Text contains invalid Unicode characters"
        )
        odd = "&#0; &#x10FFFF; &#99999999999; &#x1F3DF &#128;"
        _, answer = await bench.raw("sendMessage", chat_id=1, text=odd, parse_mode="HTML")
        assert answer["result"]["text"] == "&#0; &#x10FFFF; &#99999999999; \U0001f3df \x80"


WRONG_TOKENS = [
    ("7000000001:another_secret", 401, "Unauthorized"),
    ("7000000001", 404, "Not Found"),
    ("07000000001:AAH", 404, "Not Found"),
    (":AAH", 404, "Not Found"),
    ("99999999999999999:AAH", 404, "Not Found"),
    (f"{BOT}/test", 404, "Not Found"),
]


@pytest.mark.parametrize(("token", "code", "words"), WRONG_TOKENS)
@pytest.mark.parametrize("place", ["bot", "file/bot"])
async def test_a_wrong_token_is_told_so_in_telegrams_form(token, code, words, place):
    async with workbench() as bench, aiohttp.ClientSession() as session:
        async with session.get(f"{bench.url}/{place}{token}/getMe") as answer:
            found = await answer.json()
        assert found == {"ok": False, "error_code": code, "description": words}
        assert len(await bench.telegram.get("bots")) == 1


async def test_a_second_secret_for_a_bot_that_is_there_is_impossible():
    async with workbench() as bench, aiohttp.ClientSession() as session:
        body = {"token": "7000000001:another_secret"}
        async with session.post(f"{bench.url}/control/bots", json=body) as answer:
            assert answer.status == 409
            assert await answer.json() == {"error": "bot 7000000001 has another token"}


async def sent(url: str, body: bytes, kind: str, **headers: str) -> tuple[int, dict]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{url}/bot{BOT}/sendMessage", data=body, headers={"Content-Type": kind, **headers}
        ) as answer,
    ):
        return answer.status, await answer.json()
