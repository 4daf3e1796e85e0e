"""What the demo leaves behind: the last summary as it was sent, one whole chat, and the analyst's tables."""

from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from bot.simulator.client import SimulatorClient
from bot.simulator.views import ChatView, MessageView

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


async def write_chat(client: SimulatorClient, person: int, folder: Path) -> None:
    chat = await client.chat(person)
    (folder / "chat.txt").write_text(transcript(chat), encoding="utf-8")


def transcript(chat: ChatView) -> str:
    """A chat as the person sees it in the end: cards are edited in place, so each shows its last state."""
    lines = [f"The chat of {chat.title} (all people are invented)"]
    for message in chat.messages:
        lines += ["", *_message(message)]
    lines += ["", "Every tap, in order:"]
    lines += [f"  {tap.at.astimezone(WIB):%d/%m/%Y %H.%M.%S}  {tap.data}" for tap in chat.taps]
    return "\n".join(lines) + "\n"


def _message(message: MessageView) -> list[str]:
    when = format_datetime(message.date, "EEEE, d MMMM y HH.mm", tzinfo=WIB, locale="id")
    who = "BOT" if message.from_bot else "ORANG"
    head = f"--- {who}, {when}{' (disunting)' if message.edited else ''}"
    file = [f"[{message.file.name}]"] if message.file else []
    buttons = ["  ".join(f"[{button.label}]" for button in row) for row in message.rows]
    return [head, *file, *message.text.splitlines(), *buttons]
