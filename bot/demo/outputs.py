"""What the demo leaves behind: the last summary as it was sent with its workbook, one whole chat, and the analyst's tables."""

import html
import io
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.simulator.client import SimulatorClient
from bot.simulator.views import CallView, ChatView, MessageView

WIB = ZoneInfo("Asia/Jakarta")


async def write_summary(client: SimulatorClient, admin: int, folder: Path) -> None:
    chat = await client.chat(admin)
    picture = next(message for message in reversed(chat.from_bot) if message.kind == "photo")
    before = [message for message in chat.from_bot if message.kind == "text"]
    text = next(message for message in reversed(before) if message.text.startswith("RINGKASAN"))
    if picture.file is None:
        raise ValueError("a photo without a file")
    (folder / "summary.txt").write_text(text.text + "\n", encoding="utf-8")
    (folder / "summary.png").write_bytes(await client.file(admin, picture.file.file_id))
    workbook = await client.file(admin, _newest(chat, "hasil-evaluasi"))
    (folder / "results.xlsx").write_bytes(workbook)


async def write_answers(client: SimulatorClient, admin: int, folder: Path) -> None:
    """The files of /ekspor, unpacked."""
    packed = await client.file(admin, _newest(await client.chat(admin), "data-jawaban"))
    with ZipFile(io.BytesIO(packed)) as files:
        files.extractall(folder)


async def write_report(client: SimulatorClient, coordinator: int, folder: Path) -> None:
    """As Word and as PDF, and the sheets of the instructors, by the names they were sent with."""
    for message in (await client.chat(coordinator)).from_bot:
        if message.file is not None and message.file.name.endswith((".docx", ".pdf")):
            content = await client.file(coordinator, message.file.file_id)
            (folder / message.file.name).write_bytes(content)


def _newest(chat: ChatView, begins: str) -> str:
    """The id of the last file of that name."""
    return next(
        message.file.file_id
        for message in reversed(chat.from_bot)
        if message.file is not None and message.file.name.startswith(begins)
    )


async def write_chat(client: SimulatorClient, person: int, folder: Path) -> None:
    calls = [call for call in await client.calls() if _shows(call, person)]
    text = transcript(await client.chat(person), calls)
    (folder / "chat.txt").write_text(text, encoding="utf-8")


def transcript(chat: ChatView, calls: Sequence[CallView]) -> str:
    """The chat in the order in which it happened: a card that is edited in place is shown each time."""
    labels: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    events: list[tuple[datetime, int, int, list[str]]] = []
    for call in calls:
        text, rows = _screen(call)
        for button in (button for row in rows for button in row):
            labels[button["callback_data"]].append((call.at, button["text"]))
        lines = [*text.splitlines(), *("  ".join(f"[{b['text']}]" for b in row) for row in rows)]
        events.append((call.at, 1, call.number, ["BOT", *lines]))
    events += [
        (one.date, 0, one.message_id, ["ORANG", _said(one)])
        for one in chat.messages
        if not one.from_bot
    ]
    events += [
        (tap.at, 0, order, ["ORANG", f"(ketuk) [{_label(labels[tap.data], tap.at)}]"])
        for order, tap in enumerate(chat.taps)
    ]
    said = [f"The chat of {chat.title} (all people are invented)"]
    for at, _, _, (who, *lines) in sorted(events, key=lambda event: event[:3]):
        when = format_datetime(at, "EEEE, d MMMM y HH.mm.ss", tzinfo=WIB, locale="id")
        said += ["", f"--- {who}, {when}", *lines]
    return "\n".join(said) + "\n"


def _label(shown: Sequence[tuple[datetime, str]], tapped_at: datetime) -> str:
    """As the button read then: the same button may read otherwise on a later screen."""
    before = [text for at, text in shown if at < tapped_at] or [text for _, text in shown[:1]]
    return before[-1] if before else "tombol lama"


def _said(message: MessageView) -> str:
    file = f"(berkas) {message.file.name}" if message.file is not None else ""
    return "\n".join(part for part in (file, message.text) if part)


def _shows(call: CallView, person: int) -> bool:
    shown = call.method in {"sendMessage", "editMessageText"}
    return shown and call.code == HTTPStatus.OK and call.parameters.get("chat_id") == str(person)


def _screen(call: CallView) -> tuple[str, list[list[dict[str, str]]]]:
    text = html.unescape(re.sub(r"<[^>]+>", "", str(call.parameters["text"])))
    markup = json.loads(str(call.parameters.get("reply_markup", "{}")) or "{}")
    rows: list[list[dict[str, str]]] = markup.get("inline_keyboard", [])
    return text, rows
