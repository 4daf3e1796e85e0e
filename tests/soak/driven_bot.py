"""The whole bot as a process of its own, with three differences that a test needs. Everything else is `bot.app.run`.

1. Its time is that of a file, which the test moves on; it ticks every tenth of a real second.
2. The questionnaires come compiled, it sends as fast as it can and is impatient: a thousand starts must not take an hour.
3. It dies of kill -9 at a named point: DIE_AT=after_commit:17 is the seventeenth time that it passes there.

TICKED_FILE says which moment the last whole tick was for. EVENTS is a file to which it appends a line for every request that sends and for every completion that was committed.
"""

import os
import signal
import struct
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot import app, event_loop, forms, logs, metronome
from bot.chat import outbox, receiving
from bot.chat.limits import Limits, Rates
from bot.chat.receiving import Receiver
from bot.chat.request import AiohttpRequest
from bot.clock import SystemClock
from bot.fieldwork.records import Outcome
from bot.store.database import Database
from bot.survey.questionnaire_json import from_json
from config.settings import load_settings
from tests.soak.moment_file import write_moment

REQUEST_SECONDS = 0.5  # then a call counts as unanswered
UNLIMITED = Rates(100_000, 10_000, 100_000, 10_000)
PUT_OFF = ("evening", "tomorrow", "other_time", "enough", "refuse")
SENDING = ("sendMessage", "editMessageText")
WATCHED = {"attend": "", "attend_text": "", "recheck": "", "record": "record", "claim_due": "claim"}
THANKS = "terima_kasih"


class FileClock:
    def __init__(self) -> None:
        self._file = os.open(os.environ["CLOCK_FILE"], os.O_RDONLY)

    def now(self) -> datetime:
        (seconds,) = struct.unpack("d", os.pread(self._file, 8, 0))
        return datetime.fromtimestamp(seconds, UTC)


class Fate:
    """Counts the passings of each point, and ends the process where it was told to."""

    def __init__(self, die_at: str) -> None:
        self._point, _, number = die_at.partition(":")
        self._number = int(number or 0)
        self._passed: Counter[str] = Counter()

    def passes(self, point: str) -> None:
        self._passed[point] += 1
        if point == self._point and self._passed[point] >= self._number:
            os.kill(os.getpid(), signal.SIGKILL)


class Events:
    def __init__(self) -> None:
        self._file = os.open(os.environ["EVENTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def note(self, *words: object) -> None:
        os.write(self._file, (" ".join(str(word) for word in words) + "\n").encode())


def watch_transactions(fate: Fate, events: Events) -> None:
    run = Database.run

    async def watched(
        self: Database, function: Callable[..., Any], /, *args: Any, **kwargs: Any
    ) -> Any:
        name = function.__name__ if hasattr(function, "__name__") else ""
        if name not in WATCHED:
            return await run(self, function, *args, **kwargs)
        kind = WATCHED[name]

        def work(connection: Any, *given: Any, **named: Any) -> Any:
            value = function(connection, *given, **named)
            if value or name == "record":
                fate.passes("before_commit")
            return value

        if kind == "record":
            fate.passes("before_record")
        value = await run(self, work, *args, **kwargs)
        if isinstance(value, Outcome) and completes(value):
            events.note("complete", args[0].chat_id)
        if value or name == "record":
            fate.passes("after_commit")
            if kind:
                fate.passes(f"after_{kind}")
        return value

    Database.run = watched  # type: ignore[method-assign,assignment]


def completes(outcome: Outcome) -> bool:
    return any(getattr(reaction, "key", "").startswith(THANKS) for reaction in outcome.reactions)


def watch_requests(fate: Fate, events: Events) -> None:
    do_request = AiohttpRequest.do_request

    async def watched(self: AiohttpRequest, url: str, *args: Any, **kwargs: Any) -> Any:
        method = url.partition("?")[0].rpartition("/")[2]
        if method not in SENDING:
            return await do_request(self, url, *args, **kwargs)
        given = kwargs.get("request_data") or args[1]
        kind = "contact" if is_contact(given.json_parameters.get("reply_markup", "")) else "reply"
        events.note(kind, given.parameters["chat_id"])
        fate.passes("before_send")
        answer = await do_request(self, url, *args, **kwargs)
        fate.passes("after_send")
        return answer

    AiohttpRequest.do_request = watched  # type: ignore[method-assign,assignment]


def is_contact(markup: str) -> bool:
    """An invitation or a reminder: it can be put off, and it asks for no consent."""
    return '"p:begin:' in markup and any(f'"p:{word}:' in markup for word in PUT_OFF)


def watch_confirmations(fate: Fate) -> None:
    get_updates = Receiver._get_updates
    last = 0

    async def watched(self: Receiver, *args: Any, **kwargs: Any) -> Any:
        nonlocal last
        confirms, last = self._offset > last, self._offset
        if confirms:
            fate.passes("before_confirm")
        batch = await get_updates(self, *args, **kwargs)
        if confirms:
            fate.passes("after_confirm")
        return batch

    Receiver._get_updates = watched  # type: ignore[method-assign]


def differ() -> None:
    ready = [from_json(path.read_text("utf-8")) for path in Path(os.environ["FORMS"]).iterdir()]

    async def ready_made(_: Path) -> list[Any]:
        return ready

    scheduled = metronome.scheduled
    app.SystemClock = FileClock  # type: ignore[misc,assignment]
    forms.compiled = ready_made
    metronome.TICK_SECONDS = 0.1
    metronome.scheduled = lambda tick, _: scheduled(tick, SystemClock().now())
    tick = metronome.Metronome.tick

    async def noted(self: metronome.Metronome, now: datetime) -> bool:
        is_cut_short = await tick(self, now)
        if not is_cut_short:
            write_moment(Path(os.environ["TICKED_FILE"]), now)
        return is_cut_short

    metronome.Metronome.tick = noted  # type: ignore[method-assign]
    AiohttpRequest.__init__.__defaults__ = (REQUEST_SECONDS,)
    receiving.LONG_POLL, receiving.POLL_GRACE = 1, REQUEST_SECONDS  # type: ignore[assignment]
    receiving.BACK_OFF = (0.05,)
    outbox.FIRST_PAUSE, outbox.HALT_SECONDS = 0.05, 0.5
    outbox.Limits = lambda: Limits(UNLIMITED)  # type: ignore[misc,assignment]


def main() -> None:
    """One life for each line of stdin, which says where it ends ("-": nowhere). All is imported once: a life begins at once."""
    for line in sys.stdin:
        life = os.fork()
        if not life:
            live(line.strip())
            os._exit(0)
        sys.stdout.write(f"{life}\n")
        sys.stdout.flush()
        os.waitpid(life, 0)
        sys.stdout.write("ended\n")
        sys.stdout.flush()


def live(die_at: str) -> None:
    fate, events = Fate(die_at), Events()
    watch_transactions(fate, events)
    watch_requests(fate, events)
    watch_confirmations(fate)
    differ()
    logs.configure("INFO")
    event_loop.run(app.run(load_settings()))


if __name__ == "__main__":
    main()
