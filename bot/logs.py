"""The log: one JSON object a line on stderr. No name, no text, no token: only numbers, codes and what went wrong (traces.py)."""

import json
import logging
from collections.abc import Sequence

from bot.traces import trace

# Their debug lines would carry message texts, or nothing an operator needs.
QUIET = ("telegram", "aiosqlite", "aiohttp.access", "alembic", "asyncio")
# It warns each minute that a long sending takes; the tick in hand is the better one, and its counts are logged.
ERRORS_ONLY = ("apscheduler",)


def configure(level: str, secrets: Sequence[str] = ()) -> None:
    out = logging.StreamHandler()
    out.setFormatter(JsonLines(secrets))
    logging.basicConfig(level=level, handlers=[out], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ERRORS_ONLY:
        logging.getLogger(name).setLevel(logging.ERROR)


class JsonLines(logging.Formatter):
    def __init__(self, secrets: Sequence[str] = ()) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%S%z")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, self.datefmt),
            "level": record.levelname,
            "room": record.name,
            # what asyncio adds on further lines are its tasks, with the words of their exceptions
            "message": record.getMessage().partition("\n")[0],
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = trace(record.exc_info[1])
        text = json.dumps(line, ensure_ascii=False)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text
