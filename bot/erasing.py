"""The hand that makes an erasure last: the register outside the database, and the wiping of the file.

1. `repeat` at the start, before anything is received: what the register knows and the database does not was erased after that
   database was saved, so it is erased again.
2. `settle` after an erasure, and once a tick: its keys are appended to the register and are on the disk, then the file is written
   anew. What a crash prevents is done at the next tick: the database remembers what is still to do.

The register is one JSON object a line; it can only grow. Its first line tells whether BOT_SECRET is still the one of its keys:
with another secret nothing would be found, and nobody would notice.
"""

import asyncio
import json
import logging
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from bot.errors import SettingsError
from bot.fieldwork import erasures
from bot.store.database import Database
from bot.store.erasures import Erasure

LOG = logging.getLogger(__name__)
PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Keeper:
    database: Database
    register: Path
    secret: bytes = field(repr=False)

    async def repeat(self, now: datetime) -> int:
        """How many people were erased again."""
        written = await asyncio.to_thread(_read, self.register, self._seal)
        again = written - frozenset(await self.database.run(erasures.known))
        erased = 0
        if again:
            erased = await self.database.run(erasures.repeat, self.secret, again, now)
            LOG.warning("erased again after a restore: %d", erased)
        await self.settle(now)
        return erased

    async def settle(self, now: datetime) -> None:
        unwiped = await self.database.run(erasures.unwiped)
        if not unwiped:
            return
        await asyncio.to_thread(_append, self.register, self._seal, unwiped)
        if await self.database.wipe():
            await self.database.run(erasures.wiped, unwiped, now)

    @property
    def _seal(self) -> str:
        return erasures.key_of(self.secret, "register")


def register_of(database_url: str, chosen: Path | None) -> Path:
    """As set; else beside the database file; for a database without a file in the folder of the bot."""
    if chosen is not None:
        return chosen
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(f"{url.database}.erasures")
    return Path("bungo.erasures")


def known_to(register: Path, secret: bytes) -> frozenset[Erasure]:
    """Raises SettingsError for a register that cannot be used, or was written under another secret."""
    return _read(register, erasures.key_of(secret, "register"))


def _read(path: Path, seal: str) -> frozenset[Erasure]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    except OSError as refused:
        raise _unusable(path, str(refused.strerror)) from refused
    written = [
        _parsed(path, line) for line in lines if line.endswith("}")
    ]  # a last line may be cut
    if written and written[0].get("seal") != seal:
        raise SettingsError(
            f"BOT_SECRET is not the one {path.name} was written with: what it says was erased could come back with an "
            "older backup. Put the former BOT_SECRET back; or, if no older backup will ever be restored, move that file away."
        )
    found = (one for one in written if "key" in one)
    return frozenset(Erasure(one["key"], datetime.fromisoformat(one["at"])) for one in found)


def _parsed(path: Path, line: str) -> dict[str, str]:
    try:
        parsed: dict[str, str] = json.loads(line)
        datetime.fromisoformat(parsed.get("at", "2000-01-01"))
    except (ValueError, AttributeError, TypeError) as wrong:
        raise _unusable(path, "a line of it is not ours") from wrong
    return parsed


def _append(path: Path, seal: str, keys: Collection[Erasure]) -> None:
    written = _read(path, seal)
    lines = [{"key": one.key, "at": one.at.isoformat()} for one in keys if one not in written]
    if not written and not (path.exists() and path.stat().st_size):
        _write(path, [{"seal": seal}])
    _write(path, lines)


def _write(path: Path, lines: Iterable[dict[str, str]]) -> None:
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    try:
        number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
        with os.fdopen(number, "a", encoding="utf-8") as file:
            file.write("\n" + text if _is_cut(path) else text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as refused:
        raise _unusable(path, str(refused.strerror)) from refused


def _is_cut(path: Path) -> bool:
    """A crash in the middle of a line: what comes next begins on its own."""
    content = path.read_bytes()
    return bool(content) and not content.endswith(b"\n")


def _unusable(path: Path, why: str) -> SettingsError:
    return SettingsError(
        f"ERASURE_REGISTER: {path.name} cannot be used ({why}). It must be a file the bot can write to; "
        "bring back the last good copy, because without it a restored backup would bring erased people back."
    )
