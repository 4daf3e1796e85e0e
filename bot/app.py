"""The composition root: settings, study, database and Telegram become one running application. Nothing is decided here.

The order matters: migrate, then open; connect, then follow the clock; show what was interrupted, then receive. Stopping goes
backwards and takes under five seconds: the batch in hand is finished and confirmed, the rest stays at Telegram.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot import forms, logs, ticker
from bot.chat import menu, routing
from bot.chat.desk import Desk
from bot.chat.outbox import Hooks, Outbox
from bot.chat.receiving import Receiver, Reception
from bot.chat.request import AiohttpRequest
from bot.chat.resuming import resume_interrupted
from bot.chat.texts import load_texts
from bot.chat.updates import Lanes
from bot.clock import Clock, FollowedClock, SystemClock
from bot.errors import BotError, SettingsError
from bot.fieldwork import answering, contacting, enrolment, life, once
from bot.follow import Follower, ask_time, following
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.survey.study import study_from
from config.settings import Settings, SettingsProblem, load_settings, load_study

LOG = logging.getLogger(__name__)
TICK_SECONDS = 60
CONNECT_AGAIN = 5.0
LAST_WORK = 1.5  # seconds for what is under way when the bot stops


def main(argv: list[str]) -> int:
    del argv
    try:
        settings = load_settings()
        logs.configure(settings.log_level, [settings.telegram_token.get_secret_value()])
        asyncio.run(run(settings))
    except (SettingsProblem, BotError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


async def run(settings: Settings) -> None:
    stopped = _stop_signal()
    await asyncio.to_thread(migrate, settings.database_url)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(await Database.open(settings.database_url))
        bot = await stack.enter_async_context(connected(settings))
        desk = await _desk(settings, database, bot)
        await database.run(
            forms.keep_all, await forms.compiled(settings.questionnaires_dir), desk.clock.now()
        )
        await menu.offer(bot, desk)
        await _serve(settings, bot, desk, stopped)


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Bot]:
    api, token = settings.telegram_api_url.rstrip("/"), settings.telegram_token.get_secret_value()
    bot = Bot(
        token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        await _until_connected(bot)
        await (
            bot.delete_webhook()
        )  # getUpdates is refused while one is set; nothing that waits is dropped
        yield bot
    finally:
        await bot.shutdown()


async def _until_connected(bot: Bot) -> None:
    while True:
        try:
            await bot.initialize()
        except InvalidToken as refused:
            raise SettingsError(
                "TELEGRAM_TOKEN: Telegram does not know this token. Ask @BotFather for it with /token."
            ) from refused
        except TelegramError as broken:
            LOG.warning("Telegram is not reached yet: %s", type(broken).__name__)
            await asyncio.sleep(CONNECT_AGAIN)
        else:
            return


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
        admins=settings.admin_ids,
        coordinators=settings.coordinator_ids,
    )


async def _serve(settings: Settings, bot: Bot, desk: Desk, stopped: asyncio.Event) -> None:
    turns = Lanes()
    outbox = Outbox(bot, _hooks(desk), turns)
    reception = Reception(
        partial(routing.answered, desk), outbox.show, partial(_set_aside, desk), desk.texts
    )
    request = AiohttpRequest()
    receiver = Receiver(bot, request, reception, turns)
    async with request, _ticking(settings, desk, outbox, receiver):
        LOG.info("shown again after the stop: %d", await resume_interrupted(desk, outbox))
        await desk.run(life.go_on, desk.clock.now())
        receiving = asyncio.create_task(receiver.run(), name="receiving")
        stop = asyncio.create_task(stopped.wait())
        LOG.info("the bot receives")
        await asyncio.wait({receiving, stop}, return_when=asyncio.FIRST_COMPLETED)
        LOG.info("the bot stops")
        stop.cancel()
        await _stop(receiver, receiving, turns, outbox)


async def _stop(
    receiver: Receiver, receiving: asyncio.Task[None], turns: Lanes, outbox: Outbox
) -> None:
    if receiving.done():
        receiving.result()  # it never ends by itself: let its failure be seen, and be started anew
    try:
        await asyncio.wait_for(receiver.stop(), LAST_WORK)
    except TimeoutError:
        LOG.warning("the batch in hand was not finished; it will come again")
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    await turns.close(LAST_WORK / 2)
    await outbox.close(LAST_WORK / 2)


@asynccontextmanager
async def _ticking(
    settings: Settings, desk: Desk, outbox: Outbox, receiver: Receiver
) -> AsyncIterator[None]:
    tick = partial(_tick, desk, outbox)
    if isinstance(desk.clock, FollowedClock):
        follower = Follower(
            desk.clock,
            tick,
            lambda now: desk.run(contacting.next_due, desk.study, now),
            partial(_quiet, receiver, outbox),
        )
        async with following(settings.clock_url, follower):
            yield
        return
    scheduler = AsyncIOScheduler()
    scheduler.add_job(
        lambda: tick(desk.clock.now()),
        "interval",
        seconds=TICK_SECONDS,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
        next_run_time=desk.clock.now(),
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _tick(desk: Desk, outbox: Outbox, now: datetime) -> None:
    await ticker.tick(desk, outbox, now)
    await desk.run(life.go_on, now)


async def _quiet(receiver: Receiver, outbox: Outbox) -> None:
    while receiver.busy or outbox.busy:
        await receiver.quiet()
        await outbox.quiet()


async def _set_aside(desk: Desk, update_id: int, problem: str) -> None:
    await desk.run(once.set_aside, update_id, problem, desk.clock.now())


def _hooks(desk: Desk) -> Hooks:
    async def remember(chat_id: int, message_id: int) -> None:
        await desk.run(answering.remember_card, chat_id, message_id)

    async def blocked(chat_id: int) -> None:
        await desk.run(enrolment.blocked, chat_id, desk.clock.now())

    return Hooks(remember, blocked)


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    return stopped
