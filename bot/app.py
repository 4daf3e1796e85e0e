"""The composition root: settings, study, database and Telegram become one running application. Nothing is decided here.

The order matters: migrate, then open; connect, erase again what a backup brought back, then follow the clock; receive what
waited, then show what was interrupted. Stopping goes
backwards and takes under five seconds: the batch in hand is finished and confirmed, the rest stays at Telegram.
"""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from telegram import Bot

from bot import event_loop, forms, logs
from bot.alone import place
from bot.analysis import Analyst
from bot.chat import menu, routing
from bot.chat.class_screens import shown_as
from bot.chat.connecting import connected
from bot.chat.desk import Desk
from bot.chat.outbox import Hooks, Outbox
from bot.chat.outgoing import ShowClassCard
from bot.chat.receiving import Receiver
from bot.chat.request import AiohttpRequest
from bot.chat.resuming import Pause, pause_before, resume_interrupted
from bot.chat.taking import Reception, Source, Taker
from bot.chat.texts import load_texts
from bot.chat.updates import Lanes
from bot.chat.webhook import Address, WebhookReceiver, secret_of
from bot.clock import Clock, FollowedClock, SystemClock
from bot.erasing import Keeper, register_of
from bot.errors import BotError, StoreError
from bot.fieldwork import answering, class_day, enrolment, life, once
from bot.fieldwork.records import Posed
from bot.fieldwork.staff import Named
from bot.follow import ask_time
from bot.health import health
from bot.metronome import Metronome, ticking
from bot.recorder import Recorder
from bot.sealing import Seal, seal_of
from bot.store.database import Database
from bot.store.schema import bring_up
from bot.survey.study import study_from
from config.settings import Settings, SettingsProblem, load_settings, load_study

T = TypeVar("T")
LOG = logging.getLogger(__name__)
LAST_WORK = 1.2  # seconds for what is under way when the bot stops


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot run")
    parser.add_argument("--webhook", action="store_true", help="Telegram calls us: WEBHOOK_URL")
    by_webhook = parser.parse_args(argv).webhook
    try:
        settings = load_settings(by_webhook=by_webhook)
        logs.configure(settings.log_level, [settings.telegram_token.get_secret_value()])
        event_loop.run(run(settings, by_webhook=by_webhook))
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


async def run(settings: Settings, *, by_webhook: bool = False) -> None:
    stopped = _stop_signal()
    async with AsyncExitStack() as stack:
        begun = await _unless_stopped(stopped, _begun(settings, stack, by_webhook=by_webhook))
        if begun is None:
            LOG.info("the bot was stopped before it received anything")
            return
        parts, pause = begun
        await _receive(parts, stopped, pause)


async def _unless_stopped(stopped: asyncio.Event, start: Coroutine[Any, Any, T]) -> T | None:
    """None: asked to stop meanwhile. A start may wait for a network that stays away."""
    begun, stop = asyncio.create_task(start), asyncio.create_task(stopped.wait())
    try:
        await asyncio.wait({begun, stop}, return_when=asyncio.FIRST_COMPLETED)
        return begun.result() if begun.done() else None
    finally:
        for task in (begun, stop):
            task.cancel()
        await asyncio.gather(begun, stop, return_exceptions=True)


async def _begun(
    settings: Settings, stack: AsyncExitStack, *, by_webhook: bool
) -> "tuple[Parts, Pause | None]":
    may_stand_by = by_webhook and settings.database_url.startswith("postgresql")
    mine = await stack.enter_async_context(place(settings.database_url, may_stand_by=may_stand_by))
    await asyncio.to_thread(bring_up, settings.database_url)
    database = await stack.enter_async_context(await Database.open(settings.database_url))
    token = settings.telegram_token.get_secret_value()
    bot = await stack.enter_async_context(
        connected(settings.telegram_api_url, token, by_webhook=by_webhook)
    )
    desk = await _desk(settings, database, bot)
    keeper = await _keeper(settings, database, desk.clock.now())
    await database.run(
        forms.keep_all, await forms.compiled(settings.questionnaires_dir), desk.clock.now()
    )
    await menu.offer(bot, desk)
    parts = _parts(bot, desk, _address(settings) if by_webhook else None)
    analyst = Analyst(settings.study_file, settings.texts_dir, database)
    recorder = Recorder(desk, parts.outbox, _seal(settings), settings.transcriber)
    metronome = Metronome(desk, parts.outbox, parts.receiver, analyst, mine, keeper, recorder)
    await stack.enter_async_context(parts.request)
    # Beside a bot that runs already nobody was interrupted.
    pause = await pause_before(desk) if await mine.is_mine() else None
    await desk.run(life.go_on, desk.clock.now())
    await stack.enter_async_context(ticking(metronome, settings.clock_url))
    return parts, pause


async def _keeper(settings: Settings, database: Database, now: datetime) -> Keeper:
    """Nobody is heard before what an older backup brought back is gone again."""
    register = register_of(settings.database_url, settings.erasure_register)
    keeper = Keeper(database, register, settings.bot_secret.get_secret_value().encode())
    await keeper.repeat(now)
    return keeper


def _seal(settings: Settings) -> Seal | None:
    return seal_of([key.get_secret_value() for key in settings.voice_key])


async def _desk(settings: Settings, database: Database, bot: Bot) -> Desk:
    clock: Clock = SystemClock()
    if settings.clock_url:
        clock = FollowedClock(await ask_time(settings.clock_url))
    return Desk(
        run=database.run,
        study=study_from(load_study(settings.study_file)),
        texts=load_texts(settings.texts_dir),
        clock=clock,
        secret=settings.bot_secret.get_secret_value().encode(),
        bot_username=bot.username,
        named=Named(settings.admin_ids, settings.coordinator_ids),
    )


@dataclass(frozen=True, slots=True)
class Parts:
    desk: Desk
    turns: Lanes
    outbox: Outbox
    request: AiohttpRequest
    receiver: Source


def _parts(bot: Bot, desk: Desk, address: Address | None) -> Parts:
    turns = Lanes()
    outbox = Outbox(bot, _hooks(desk), turns, posing=desk.posing)
    reception = Reception(
        partial(routing.answered, desk), outbox.show, partial(_set_aside, desk), desk.texts
    )
    request, taker = AiohttpRequest(), Taker(bot, reception, turns)
    source: Source = (
        WebhookReceiver(bot, taker, address, partial(health, desk))
        if address
        else Receiver(bot, request, taker)
    )
    return Parts(desk, turns, outbox, request, source)


def _address(settings: Settings) -> Address:
    secret = secret_of(settings.bot_secret.get_secret_value().encode())
    return Address(settings.webhook_url, settings.port, secret)


async def _receive(parts: Parts, stopped: asyncio.Event, pause: Pause | None) -> None:
    receiving = asyncio.create_task(parts.receiver.run(), name="receiving")
    resuming = asyncio.create_task(_resume(parts, pause), name="resuming")
    stop = asyncio.create_task(stopped.wait())
    LOG.info("the bot receives")
    await asyncio.wait({receiving, stop}, return_when=asyncio.FIRST_COMPLETED)
    LOG.info("the bot stops")
    for task in (stop, resuming):
        task.cancel()
    await asyncio.gather(stop, resuming, return_exceptions=True)
    await _stop(parts, receiving)


async def _resume(parts: Parts, pause: Pause | None) -> None:
    if pause is None:
        return
    await parts.receiver.caught_up()
    try:
        shown = await resume_interrupted(parts.desk, parts.outbox, parts.turns, pause)
    except StoreError as refused:
        LOG.warning("nobody is shown the question again: %s", refused)
    else:
        LOG.info("shown again after the stop: %d", shown)


async def _stop(parts: Parts, receiving: asyncio.Task[None]) -> None:
    if receiving.done():
        receiving.result()  # it never ends by itself: let its failure be seen, and be started anew
    try:
        await asyncio.wait_for(parts.receiver.stop(), LAST_WORK)
    except TimeoutError:
        LOG.warning("the batch in hand was not finished; it will come again")
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    await parts.turns.close(LAST_WORK / 2)
    await parts.outbox.close(LAST_WORK / 2)
    await parts.desk.run(life.go_on, parts.desk.clock.now())


async def _set_aside(desk: Desk, update_id: int, problem: str) -> None:
    await desk.run(once.set_aside, update_id, problem, desk.clock.now())


def _hooks(desk: Desk) -> Hooks:
    async def remember(chat_id: int, message_id: int, posed: Posed | None) -> None:
        await desk.run(answering.remember_card, chat_id, message_id, posed)

    async def blocked(chat_id: int) -> None:
        await desk.run(enrolment.blocked, chat_id, desk.clock.now())

    async def class_card(card: ShowClassCard, message_id: int) -> None:
        shown = shown_as(card.screen)
        await desk.run(class_day.remember_card, card.training_id, card.chat_id, message_id, shown)

    return Hooks(remember, blocked, class_card)


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped
