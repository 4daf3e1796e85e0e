"""getUpdates: waits until something is there, and lets only the newest poller wait (the older one gets 409)."""

import asyncio

from bot.simulator.books import Account
from bot.simulator.json_types import Json, as_list, as_text
from bot.simulator.methods.turn import Turn
from bot.simulator.refusals import TWO_POLLERS, bad_request, conflict
from bot.simulator.workbench import Workbench

LONGEST_POLL = 50


async def get_updates(bench: Workbench, turn: Turn) -> Json:
    account = turn.account
    if "allowed_updates" in turn.parameters:
        account.updates.allow(_kinds(turn.json("allowed_updates")))
    mine = object()
    bench.pollers[account.id] = mine
    bench.pulse.ring()
    loop = asyncio.get_running_loop()
    until = loop.time() + min(LONGEST_POLL, max(0, turn.number("timeout")))
    offset = turn.number("offset")
    while True:
        batch = account.updates.ask(offset, turn.number("limit", 100), bench.clock.now())
        left = until - loop.time()
        if batch or left <= 0 or bench.closing:
            return list[Json](batch)
        offset = max(0, offset)  # a negative one forgets once, not with every look
        await bench.pulse.wait(left)
        _still_the_newest(bench, account, mine)


def _still_the_newest(bench: Workbench, account: Account, mine: object) -> None:
    if bench.pollers[account.id] is not mine:
        raise conflict(TWO_POLLERS)


def _kinds(value: Json) -> list[str]:
    if value is not None and not isinstance(value, list):
        raise bad_request("can't parse allowed_updates JSON object")
    return [as_text(kind) for kind in as_list(value)]
