"""`python -m bot import-roster FILE.xlsx [--check] [--links OUT.xlsx] [--bot NAME]`.

Reads one roster workbook, saves it, writes the workbook of personal links. Every problem is listed at once, in the office's
language, and then nothing is saved. No rule lives here.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from bot.chat.class_link import deep_link
from bot.chat.texts import DEFAULT_LANGUAGE, Texts, load_texts
from bot.clock import SystemClock
from bot.errors import BotError, SettingsError
from bot.fieldwork import roster
from bot.fieldwork.links_workbook import LinkLine, write_links
from bot.fieldwork.roster import PersonalLink, Saved
from bot.fieldwork.roster_workbook import Problem, Roster, read_roster
from bot.follow import ask_time
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
_HEADERS = ("kolom_nama", "kolom_nip", "kolom_peran", "kolom_unit", "kolom_tautan", "kolom_wa")


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        return _checked(options.file) if options.check else asyncio.run(_imported(options))
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2


def explain(texts: Texts, problem: Problem) -> str:
    what = texts.plain(problem.key, DEFAULT_LANGUAGE, **problem.arguments)
    if problem.row is None:
        return texts.plain("letak_lembar", DEFAULT_LANGUAGE, lembar=problem.sheet, masalah=what)
    return texts.plain(
        "letak_baris", DEFAULT_LANGUAGE, lembar=problem.sheet, baris=problem.row, masalah=what
    )


def link_line(
    texts: Texts, study: Study, title: str, link: PersonalLink, bot_username: str
) -> LinkLine:
    url = deep_link(bot_username, link.token)
    key = "wa_atasan" if link.role == "superior" else "wa_peserta"
    message = texts.plain(
        key, DEFAULT_LANGUAGE, nama=link.name, penyelenggara=study.office.organiser,
        nama_pelatihan=title, tautan=url, nomor_surat=study.office.letter_number,
        kontak_koordinator=study.office.coordinator_contact,
    )  # fmt: skip
    role = texts.plain(f"peran_{link.role}", DEFAULT_LANGUAGE)
    return LinkLine(link.name, link.nip, role, link.unit, url, message)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot import-roster")
    parser.add_argument("file", type=Path, help="the roster workbook; docs/roster.md describes it")
    parser.add_argument("--check", action="store_true", help="only report, save nothing")
    parser.add_argument("--links", type=Path, help="where the personal links go")
    parser.add_argument("--bot", help="the bot's @name, when Telegram cannot be asked")
    return parser


def _checked(file: Path) -> int:
    settings = load_store_settings()
    texts = load_texts(settings.texts_dir)
    study = study_from(load_study(settings.study_file))
    read, problems = read_roster(file, _today(study, SystemClock().now()))
    if read is None:
        return _refused(texts, problems)
    superiors = {one.superior.name for one in read.participants if one.superior}
    _say(texts, "roster_baik", judul=_title(read), peserta=len(read.participants), atasan=len(superiors))  # fmt: skip
    return 0


async def _imported(options: argparse.Namespace) -> int:
    settings = load_settings()
    texts = load_texts(settings.texts_dir)
    study = study_from(load_study(settings.study_file))
    now = await ask_time(settings.clock_url) if settings.clock_url else SystemClock().now()
    read, problems = read_roster(options.file, _today(study, now))
    if read is None:
        return _refused(texts, problems)
    await asyncio.to_thread(migrate, settings.database_url)
    async with await Database.open(settings.database_url) as database:
        secret = settings.bot_secret.get_secret_value().encode()
        saved = await database.run(roster.save_roster, study, read, secret, now)
        _report(texts, read, saved)
        try:
            username = (options.bot or await _bot_username(settings)).lstrip("@")
        except SettingsError as unknown:
            _say(texts, "tautan_tanpa_bot", sebab=str(unknown))
            return 2
        links = await database.run(roster.make_links, saved.training_id, now)
    path = options.links or options.file.with_name(f"{options.file.stem}-tautan.xlsx")
    lines = [link_line(texts, study, _title(read), link, username) for link in links]
    headers = [texts.plain(key, DEFAULT_LANGUAGE) for key in _HEADERS]
    write_links(path, texts.plain("lembar_tautan", DEFAULT_LANGUAGE), headers, lines, now)
    _say(texts, "tautan_ditulis", n=len(links), berkas=path.name)
    return 0


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


def _refused(texts: Texts, problems: Sequence[Problem]) -> int:
    for problem in problems:
        sys.stderr.write(f"{explain(texts, problem)}\n")
    sys.stderr.write(texts.plain("roster_ditolak", DEFAULT_LANGUAGE, n=len(problems)) + "\n")
    return 2


def _report(texts: Texts, read: Roster, saved: Saved) -> None:
    _say(
        texts, "roster_disimpan", judul=_title(read), peserta=saved.participants,
        atasan=saved.superiors, baru=saved.added, berubah=saved.changed,
    )  # fmt: skip
    if saved.erased:
        _say(texts, "roster_dihapus", n=saved.erased)


def _say(texts: Texts, key: str, **arguments: str | int) -> None:
    sys.stdout.write(texts.plain(key, DEFAULT_LANGUAGE, **arguments) + "\n")


def _title(read: Roster) -> str:
    return f"{read.title} {read.cohort}".strip()


def _today(study: Study, now: datetime) -> date:
    return now.astimezone(ZoneInfo(study.office.zone)).date()
