"""getUpdates: waits until something is there, and lets only the newest poller wait (the older one gets 409), and nobody beside a webhook."""

import asyncio

from bot.simulator.books import Account
from bot.simulator.faults import comes_again, given_twice, is_out
from bot.simulator.json_types import Json, JsonObject, as_int
from bot.simulator.methods.turn import Turn
from bot.simulator.methods.webhooks import update_kinds
from bot.simulator.refusals import TWO_POLLERS, WEBHOOK_ACTIVE, WEBHOOK_CAME, conflict
from bot.simulator.workbench import Workbench

LONGEST_POLL = 50


async def get_updates(bench: Workbench, turn: Turn) -> Json:
    account = turn.account
    if account.webhook is not None:
        raise conflict(WEBHOOK_ACTIVE)
    if "allowed_updates" in turn.parameters:
        account.updates.allow(update_kinds(turn))
    mine = object()
    bench.pollers[account.id] = mine
    bench.pulse.ring()
    loop = asyncio.get_running_loop()
    until = loop.time() + min(LONGEST_POLL, max(0, turn.number("timeout")))
    offset = turn.number("offset")
    while True:
        batch = _ask(bench, account, offset, turn.number("limit", 100))
        left = until - loop.time()
        if batch or left <= 0 or bench.closing or is_out(bench.faults, loop.time()):
            return list[Json](batch)
        offset = max(0, offset)  # a negative one forgets once, not with every look
        await bench.pulse.wait(left)
        _still_the_newest(bench, account, mine)


def _ask(bench: Workbench, account: Account, offset: int, limit: int) -> list[JsonObject]:
    """What was confirmed may be made to come again, and what is given may be given twice."""
    updates = account.updates
    confirmed = updates.confirm(offset)
    updates.again += [
        entry for entry in confirmed if comes_again(bench.faults, account.id, entry.update_id)
    ]
    batch: list[JsonObject] = []
    for update in updates.batch(limit, bench.clock.now()):
        twice = given_twice(bench.faults, account.id, as_int(update["update_id"]))
        batch += [update, update] if twice else [update]
    return batch


def _still_the_newest(bench: Workbench, account: Account, mine: object) -> None:
    if account.webhook is not None:
        raise conflict(WEBHOOK_CAME)
    if bench.pollers[account.id] is not mine:
        raise conflict(TWO_POLLERS)
