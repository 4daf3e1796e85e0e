"""A typed client of the control interface, for tests and the demo. It knows nothing but HTTP.

async with SimulatorClient(url) as telegram:
    siti = await telegram.create_person("Siti")
    await siti.start(token)
    await telegram.wait_quiet()
    await siti.tap("Ya, saya bersedia")
    assert "Terima kasih" in (await siti.chat()).last.text
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from types import TracebackType
from typing import Self

import aiohttp

from bot.simulator.books import Person
from bot.simulator.json_types import Json, JsonObject, as_int, as_list, as_object, as_text
from bot.simulator.people import Deed
from bot.simulator.reading import read_call, read_chat, read_jump, read_tap
from bot.simulator.views import CallView, ChatView, Jump, TapView

LONG_JUMP_SECONDS = 1200.0


class SimulatorRefused(Exception):
    """The simulator's own sentence: what nobody could do, what is missing, what does not become quiet."""


class SimulatorClient:
    def __init__(self, base_url: str, bot: str = "") -> None:
        self.base_url = base_url.rstrip("/")
        self._query = {"bot": bot} if bot else {}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=LONG_JUMP_SECONDS)
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def create_person(
        self,
        first_name: str,
        last_name: str = "",
        *,
        person_id: int = 0,
        username: str = "",
        phone: str = "",
        language_code: str = "id",
        role: str = "",
    ) -> "SimulatedPerson":
        found = await self.post("people", {
            "id": person_id, "first_name": first_name, "last_name": last_name,
            "username": username, "phone": phone, "language_code": language_code,
            "role": role,
        })  # fmt: skip
        return SimulatedPerson(
            self,
            Person(
                as_int(found["id"]), first_name, last_name, username, phone, language_code, role
            ),
        )

    async def create_group(self, title: str, people: Sequence["SimulatedPerson"]) -> int:
        """The id of the group; the bot is a member from the beginning."""
        members: list[Json] = [someone.id for someone in people]
        made = await self.post("groups", {"title": title, "people": members})
        return as_int(as_object(made["chat"])["id"])

    async def chat(self, chat_id: int) -> ChatView:
        return read_chat(as_object(await self.get(f"chats/{chat_id}")))

    async def chats(self) -> list[int]:
        return [as_int(chat) for chat in as_list(await self.get("chats"))]

    async def file(self, chat_id: int, file_id: str) -> bytes:
        async with self._open().get(self._url(f"chats/{chat_id}/files/{file_id}")) as answer:
            answer.raise_for_status()
            return await answer.read()

    async def answer_to(self, query_id: str) -> TapView:
        """What became of a tap: answered or not, with which words."""
        return read_tap(as_object(await self.get(f"taps/{query_id}")))

    async def calls(self, method: str = "") -> list[CallView]:
        query = f"?method={method}" if method else ""
        return [read_call(as_object(call)) for call in as_list(await self.get(f"calls{query}"))]

    async def invalid_calls(self) -> list[CallView]:
        return [read_call(as_object(call)) for call in as_list(await self.get("calls/invalid"))]

    async def call_counts(self) -> dict[str, int]:
        counts = as_object(await self.get("calls/counts"))
        return {name: as_int(count) for name, count in counts.items()}

    async def times_limited(self) -> int:
        """How many 429 were given."""
        return as_int(as_object(await self.get("calls/limited"))["refused"])

    async def pending(self) -> int:
        return as_int(as_object(await self.get("updates/pending"))["count"])

    async def push_raw(self, update: JsonObject) -> int:
        return as_int((await self.post("updates/raw", update))["update_id"])

    async def commands(self) -> list[JsonObject]:
        return [as_object(entry) for entry in as_list(await self.get("commands"))]

    async def name_bot(self, token: str, username: str, first_name: str = "Simulator") -> None:
        names = {"username": username, "first_name": first_name}
        await self.post("bots", {"token": token, **names})

    async def now(self) -> datetime:
        return datetime.fromisoformat(as_text(as_object(await self.get("clock"))["now"]))

    async def follow_clock(self, url: str) -> None:
        await self.post("clock/followers", {"url": url})

    async def advance(self, step: timedelta) -> Jump:
        return read_jump(await self.post("clock/advance", {"seconds": step.total_seconds()}))

    async def advance_to(self, moment: datetime) -> Jump:
        return read_jump(await self.post("clock/advance", {"to": moment.isoformat()}))

    async def wait_quiet(self, within: float = 10.0, still_ms: float = 30.0) -> None:
        await self.post("wait/quiet", {"timeout": within, "still_ms": still_ms})

    async def set_latency(self, min_ms: float, max_ms: float, seed: int = 0) -> None:
        await self.post("latency", {"min_ms": min_ms, "max_ms": max_ms, "seed": seed})

    async def get(self, path: str) -> Json:
        return await self.ask("GET", path)

    async def post(self, path: str, body: JsonObject) -> JsonObject:
        return as_object(await self.ask("POST", path, body))

    async def ask(self, verb: str, path: str, body: JsonObject | None = None) -> Json:
        """Any request of the control interface; what is refused is a SimulatorRefused."""
        session = self._open()
        async with session.request(verb, self._url(path), params=self._query, json=body) as answer:
            return await _read(answer)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use `async with SimulatorClient(...)`")
        return self._session

    def _url(self, path: str) -> str:
        return f"{self.base_url}/control/{path}"


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    client: SimulatorClient = field(repr=False)
    person: Person

    @property
    def id(self) -> int:
        return self.person.id

    async def start(self, payload: str = "") -> Deed:
        """Opens the deep link, or presses Start."""
        return await self.send_text(f"/start {payload}".strip())

    async def send_text(self, text: str, *, chat_id: int | None = None) -> Deed:
        return await self._do("text", {"text": text, "chat_id": chat_id})

    async def tap(self, button: str, message_id: int | None = None) -> Deed:
        """By label or data, in that message or else in the newest one that has it."""
        return await self._do("tap", {"button": button, "message_id": message_id})

    async def tap_at(self, message_id: int, row: int, column: int = 0) -> Deed:
        return await self._do("tap", {"message_id": message_id, "row": row, "column": column})

    async def forge_tap(self, message_id: int, data: str) -> Deed:
        """Any data, on any message, whether there is such a button or not."""
        return await self._do("tap", {"message_id": message_id, "data": data})

    async def send_sticker(self) -> Deed:
        return await self._do("sticker", {})

    async def send_voice(self, content: bytes = b"") -> Deed:
        return await self._do("voice", {"base64": _base64(content)})

    async def send_photo(self, content: bytes = b"", caption: str = "") -> Deed:
        return await self._do("photo", {"base64": _base64(content), "caption": caption})

    async def send_document(self, name: str, content: bytes, caption: str = "") -> Deed:
        return await self._do(
            "document", {"name": name, "base64": _base64(content), "caption": caption}
        )

    async def share_contact(self, phone_number: str = "", user_id: int | None = None) -> Deed:
        """The own contact, or that of somebody else when a number is given."""
        body: JsonObject = (
            {"phone_number": phone_number, "user_id": user_id} if phone_number else {}
        )
        return await self._do("contact", body)

    async def press(self, key: str) -> Deed:
        """A button of the reply keyboard, by its label."""
        return await self._do("press", {"key": key})

    async def edit(self, message_id: int, text: str) -> Deed:
        return await self._do("edit", {"message_id": message_id, "text": text})

    async def forward(self, texts: Sequence[str]) -> Deed:
        return await self._do("forward", {"texts": list[Json](texts)})

    async def block(self) -> Deed:
        return await self._do("block", {})

    async def unblock(self) -> Deed:
        return await self._do("unblock", {})

    async def deactivate(self) -> Deed:
        return await self._do("deactivate", {})

    async def chat(self) -> ChatView:
        return await self.client.chat(self.id)

    async def _do(self, what: str, body: JsonObject) -> Deed:
        given: JsonObject = {name: value for name, value in body.items() if value is not None}
        done = await self.client.post(f"people/{self.id}/{what}", given)
        return Deed(
            tuple(as_int(message) for message in as_list(done["message_ids"])),
            tuple(as_int(update) for update in as_list(done["update_ids"])),
            as_text(done["query_id"]),
        )


async def _read(answer: aiohttp.ClientResponse) -> Json:
    if answer.status >= HTTPStatus.BAD_REQUEST:
        text = await answer.text()
        raise SimulatorRefused(text)
    value: Json = await answer.json()
    return value


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
