"""`python -m bot doctor`: looks at all that the bot needs, one line each; what is wrong comes with its remedy. Changes nothing.

Numbers only: no name, no answer, no token is shown.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.probing import Probe, probe
from bot.clock import SystemClock
from bot.doctor_keeping import Kept, kept, register_line, retention_line, voice_line
from bot.doctor_line import Line
from bot.doctor_study import study_line
from bot.erasing import register_of
from bot.errors import BotError, StoreError, StudyError
from bot.fieldwork.condition import Condition, condition
from bot.store import questionnaires
from bot.store.database import Database
from bot.store.migrate import is_current
from bot.store.trouble import address
from bot.survey.study import study_from
from config.settings import Settings, SettingsProblem, load_settings, load_study

APART_SECONDS = 5
FREE_BYTES = 500_000_000
SILENT_SECONDS = 300
MANY_WAITING = 100
NOT_READ = (SettingsProblem, StudyError, KeyError, ValueError)  # a study file


def main(argv: list[str]) -> int:
    del argv
    return asyncio.run(_main())


async def _main() -> int:
    try:
        settings = load_settings()
    except SettingsProblem as problem:
        sys.stdout.write(f"{problem}\n")
        return 1
    wrong = 0
    async for line in examined(settings, SystemClock().now()):
        wrong += bool(line.remedy)
        sys.stdout.write(written(line))
    return 1 if wrong else 0


def written(line: Line) -> str:
    mark = "WRONG" if line.remedy else "ok"
    remedy = f"\n{'':18}-> {line.remedy}" if line.remedy else ""
    return f"{mark:6} {line.subject:10} {line.found}{remedy}\n"


async def examined(settings: Settings, now: datetime) -> AsyncIterator[Line]:
    seen = await probe(settings.telegram_api_url, settings.telegram_token.get_secret_value())
    yield token_line(seen)
    yield webhook_line(seen, settings.webhook_url)
    yield clock_line(seen, now)
    yield zone_line(settings)
    study = _study(settings)
    try:
        await asyncio.to_thread(is_current, settings.database_url)
        async with await Database.open(settings.database_url) as database:
            found = await database.read(condition, now)
            forms = await database.read(questionnaires.newest_of_all)
            keeping = await database.read(kept, study_from(study), now) if study else None
    except BotError as problem:
        yield Line("database", str(problem), "See README, 'For who runs it'; nothing was changed.")
        yield disk_line(settings.database_url)
        return  # the other lines are read from it
    yield database_line(found, now)
    yield disk_line(settings.database_url)
    yield contacts_line(found)
    yield set_aside_line(found)
    if study is not None and keeping is not None:  # else the line on the zone says what is wrong
        yield study_line(study, forms)
        for line in keeping_lines(settings, keeping):
            yield line


def _study(settings: Settings) -> Mapping[str, Any] | None:
    try:
        study = load_study(settings.study_file)
        study_from(study)
    except NOT_READ:
        return None
    return study


def keeping_lines(settings: Settings, keeping: Kept) -> tuple[Line, ...]:
    keys = [key.get_secret_value() for key in settings.voice_key]
    register = register_of(settings.database_url, settings.erasure_register)
    return (
        voice_line(keys, settings.transcriber, keeping),
        retention_line(keeping),
        register_line(register, settings.bot_secret.get_secret_value().encode(), keeping),
    )


def token_line(seen: Probe) -> Line:
    if seen.username:
        return Line("token", f"@{seen.username}")
    if seen.refused:
        remedy = "Ask @BotFather for the token with /token and put it into TELEGRAM_TOKEN."
        return Line("token", "Telegram does not know it", remedy)
    return Line(
        "token", "Telegram is not reached", "Check the network, a proxy, and TELEGRAM_API_URL."
    )


def webhook_line(seen: Probe, wanted: str) -> Line:
    hook = seen.webhook
    if hook is None:
        return Line("webhook", "not known while Telegram is not reached", "See the line above.")
    if hook.url and hook.url != wanted:
        remedy = "`run` ends it, `run --webhook` sets WEBHOOK_URL; is another bot using this token?"
        return Line("webhook", f"set to {hook.url}, which is not WEBHOOK_URL", remedy)
    if hook.url and hook.last_error and hook.waiting:
        remedy = "Check that WEBHOOK_URL leads to this machine's PORT, with a valid certificate."
        return Line("webhook", f"{hook.waiting} updates wait: {hook.last_error}", remedy)
    if hook.waiting >= MANY_WAITING:
        return Line("webhook", f"{hook.waiting} updates wait", "Is the bot running? Start it.")
    return Line("webhook", f"set, {hook.waiting} wait" if hook.url else "none: the bot polls")


def clock_line(seen: Probe, now: datetime) -> Line:
    if seen.server_time is None:
        return Line("clock", "not compared: Telegram gave no time")
    apart = abs((now - seen.server_time).total_seconds())
    if apart > APART_SECONDS:
        remedy = "Let the system keep the time: timedatectl set-ntp true."
        return Line("clock", f"{apart:.0f} s apart from Telegram's", remedy)
    return Line("clock", "agrees with Telegram's")


def zone_line(settings: Settings) -> Line:
    try:
        zone = study_from(load_study(settings.study_file)).office.zone
        ZoneInfo(zone)
    except NOT_READ as problem:
        return Line("zone", f"{settings.study_file.name}: {problem}", "Correct that line.")
    return Line("zone", zone)


def database_line(found: Condition, now: datetime) -> Line:
    if found.last_sign is None:
        return Line("database", "answers; no bot has run on it yet")
    ago = (now - found.last_sign).total_seconds()
    if ago > SILENT_SECONDS:
        remedy = "If the bot should be running now: start it, and read its log."
        return Line("database", f"answers; the bot last ticked {ago / 60:.0f} min ago", remedy)
    return Line("database", "answers; the bot is ticking")


def disk_line(url: str) -> Line:
    file = _file_of(url)
    folder = file.parent if file is not None else Path.cwd()
    if file is not None and not all(os.access(one, os.W_OK) for one in (folder, file)):
        remedy = (
            f"Is the disk mounted read-only? Else: chown and chmod u+w {folder} and what is in it."
        )
        return Line("disk", f"{file.name} can only be read", remedy)
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES:
        remedy = f"Make room on the disk of {folder}: a full one stops every answer."
        return Line("disk", f"only {free / 1e6:.0f} MB free", remedy)
    return Line("disk", f"{free / 1e9:.1f} GB free")


def _file_of(url: str) -> Path | None:
    """Of SQLite, and if it is there."""
    try:
        parsed = address(url)
    except StoreError:
        return None
    file = Path(str(parsed.database)).absolute()
    return file if parsed.get_backend_name() == "sqlite" and file.exists() else None


def contacts_line(found: Condition) -> Line:
    if found.overdue:
        remedy = "The log says why: Telegram may have asked to wait, or the bot stood still."
        return Line("contacts", f"{found.overdue} of {found.planned} planned are late", remedy)
    return Line("contacts", f"{found.planned} planned, none late")


def set_aside_line(found: Condition) -> Line:
    if found.set_aside:
        remedy = "Search the log for 'set aside'; the senders were told where possible."
        return Line("updates", f"{found.set_aside} were set aside in the last 7 days", remedy)
    return Line("updates", "none was set aside in the last 7 days")
