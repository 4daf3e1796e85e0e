"""`python -m bot import-roster FILE [--check] [--training CODE] [--good-rows] [--links OUT.xlsx] [--bot NAME]`.

Reads one roster, prints the report that the chat shows too, saves it, writes the workbook of personal links. When a row has a
problem nothing is saved without `--good-rows`, and the file with the column Masalah stands beside it. No rule lives here.
"""

import argparse
import asyncio
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from bot.chat.link_lines import link_line, links_workbook
from bot.chat.roster_lines import marked_suffix, report_lines
from bot.chat.texts import DEFAULT_LANGUAGE, Texts, load_texts
from bot.child_process import ChildFailed
from bot.clock import SystemClock
from bot.errors import BotError, SettingsError
from bot.fieldwork import personal_links, roster
from bot.fieldwork.roster import Saved, training_facts
from bot.fieldwork.rosters.record import Report, Roster
from bot.follow import ask_time
from bot.roster_examining import examined_roster
from bot.roster_saving import save_in_pieces
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.survey.study import Study, study_from
from config.settings import (
    Settings,
    SettingsProblem,
    load_settings,
    load_store_settings,
    load_study,
)

_GET_ME_SECONDS = 10


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        return asyncio.run(_checked(options) if options.check else _imported(options))
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot import-roster")
    parser.add_argument(
        "file", type=Path, help="the list: .xlsx or .csv; docs/roster.md describes it"
    )
    parser.add_argument("--check", action="store_true", help="only report, save nothing")
    parser.add_argument("--training", help="the code of the training, when the file names none")
    parser.add_argument(
        "--good-rows",
        action="store_true",
        help="save the rows without a problem although others have one",
    )
    parser.add_argument("--links", type=Path, help="where the personal links go")
    parser.add_argument("--bot", help="the bot's @name, when Telegram cannot be asked")
    return parser


async def _checked(options: argparse.Namespace) -> int:
    settings = load_store_settings()
    texts = load_texts(settings.texts_dir)
    study = study_from(load_study(settings.study_file))
    today = _today(study, SystemClock().now())
    return 0 if await _reported(options.file, texts, settings.texts_dir, today) else 2


async def _imported(options: argparse.Namespace) -> int:
    settings = load_settings()
    texts = load_texts(settings.texts_dir)
    study = study_from(load_study(settings.study_file))
    now = await ask_time(settings.clock_url) if settings.clock_url else SystemClock().now()
    read = await _reported(options.file, texts, settings.texts_dir, _today(study, now))
    if read is None or (read.faults and not options.good_rows) or not read.ready:
        _say(texts, "roster_ditolak_baris" if read and read.ready else "roster_ditolak")
        return 2
    await asyncio.to_thread(migrate, settings.database_url)
    async with await Database.open(settings.database_url) as database:
        facts = read.training or await database.run(training_facts, options.training or "")
        if facts is None:
            _say(texts, "roster_tanpa_pelatihan")
            return 2
        secret = settings.bot_secret.get_secret_value().encode()
        to_save = read.roster(facts)
        saved = await save_in_pieces(database.run, study, to_save, secret, now)
        await database.run(roster.note_import, to_save, now)
        _report(texts, to_save, saved)
        try:
            username = (options.bot or await _bot_username(settings)).lstrip("@")
        except SettingsError as unknown:
            _say(texts, "tautan_tanpa_bot", sebab=str(unknown))
            return 2
        links = await database.run(personal_links.make_links, saved.training_id, secret, now)
    path = options.links or options.file.with_name(f"{options.file.stem}-tautan.xlsx")
    lines = [link_line(texts, study, facts.full_title, link, username) for link in links]
    await asyncio.to_thread(path.write_bytes, links_workbook(texts, lines, now))
    _say(texts, "tautan_ditulis", n=len(links), berkas=path.name)
    return 0


async def _reported(file: Path, texts: Texts, texts_dir: Path, today: date) -> Report | None:
    """Prints the report; the file with the column Masalah stands beside the list. None: nothing could be read."""
    try:
        content = await asyncio.to_thread(_content, file)
        read = await examined_roster(content, texts_dir, today)
    except OSError as missing:
        sys.stderr.write(f"{file}: {missing.strerror}\n")
        return None
    except ChildFailed:
        _say(texts, "daftar_terlalu_berat")
        return None
    for line in report_lines(texts, DEFAULT_LANGUAGE, read.report):
        sys.stdout.write(f"{line}\n")
    if read.marked:
        path = file.with_name(f"{file.stem}-masalah{marked_suffix(file.name)}")
        await asyncio.to_thread(path.write_bytes, read.marked)
        _say(texts, "roster_masalah_ditulis", berkas=path.name)
    return read.report if read.report.header_row else None


def _content(file: Path) -> bytes:
    return file.read_bytes()


async def _bot_username(settings: Settings) -> str:
    token = settings.telegram_token.get_secret_value()
    url = f"{settings.telegram_api_url.rstrip('/')}/bot{token}/getMe"
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(url, timeout=aiohttp.ClientTimeout(_GET_ME_SECONDS)) as answer,
        ):
            return str((await answer.json())["result"]["username"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError) as wrong:
        raise SettingsError(
            f"TELEGRAM_TOKEN: getMe was not answered ({type(wrong).__name__})."
        ) from None


def _report(texts: Texts, read: Roster, saved: Saved) -> None:
    _say(
        texts, "roster_disimpan", judul=read.full_title, peserta=saved.participants,
        atasan=saved.superiors, baru=saved.added, berubah=saved.changed,
    )  # fmt: skip
    if saved.peers:
        _say(texts, "roster_rekan", n=saved.peers)
    if saved.erased:
        _say(texts, "roster_dihapus", n=saved.erased)


def _say(texts: Texts, key: str, **arguments: str | int) -> None:
    sys.stdout.write(texts.plain(key, DEFAULT_LANGUAGE, **arguments) + "\n")


def _today(study: Study, now: datetime) -> date:
    return now.astimezone(ZoneInfo(study.office.zone)).date()
