"""The typed client for faults on demand and sending limits. Functions that take a SimulatorClient; they know nothing but HTTP.

await set_faults(telegram, evenly(0.1, seed=7))             # a tenth of all calls, all kinds
await fail_next(telegram, "too_many", method="sendMessage", retry_after=3)
await begin_outage(telegram, seconds=2)
state = await faults(telegram)                                # the plan and what was done
await end_faults(telegram)
"""

from dataclasses import asdict

from bot.simulator.client import SimulatorClient
from bot.simulator.fault_plan import FaultPlan, Flood, Kind, OutageMode
from bot.simulator.fault_views import FaultsView, plan_fields, read_faults, read_rates
from bot.simulator.json_types import as_object, present
from bot.simulator.limits import Rates

# No limit that a test could meet: for tests that are about something else.
NO_LIMITS = Rates(1e6, 1_000_000, 1e6, 1_000_000, 1e6, 1_000_000)


async def set_faults(telegram: SimulatorClient, plan: FaultPlan) -> FaultsView:
    """Replaces the plan; it counts from the beginning."""
    return read_faults(as_object(await telegram.ask("PUT", "faults", plan_fields(plan))))


async def faults(telegram: SimulatorClient) -> FaultsView:
    return read_faults(as_object(await telegram.get("faults")))


async def end_faults(telegram: SimulatorClient) -> FaultsView:
    """No plan, no script, no flood wait, no outage; the counts can still be read."""
    return read_faults(as_object(await telegram.ask("DELETE", "faults")))


async def fail_next(
    telegram: SimulatorClient,
    kind: Kind,
    *,
    method: str = "",
    chat_id: int | None = None,
    times: int = 1,
    retry_after: int | None = None,
    flood: Flood | None = None,
    slow_ms: int | None = None,
    hold_seconds: float | None = None,
    html: bool = False,
) -> FaultsView:
    """The very next calls that match; several scripts are used up in the order in which they were given."""
    body = present({
        "kind": kind, "method": method or None, "chat_id": chat_id, "times": times,
        "retry_after": retry_after, "flood": flood, "slow_ms": slow_ms,
        "hold_seconds": hold_seconds, "html": 1 if html else None,
    })  # fmt: skip
    return read_faults(await telegram.post("faults/next", body))


async def begin_outage(
    telegram: SimulatorClient, seconds: float | None = None, mode: OutageMode = "reset"
) -> FaultsView:
    """For so many real seconds, or until it is ended."""
    return read_faults(
        await telegram.post("faults/outage", present({"seconds": seconds, "mode": mode}))
    )


async def end_outage(telegram: SimulatorClient) -> FaultsView:
    return read_faults(as_object(await telegram.ask("DELETE", "faults/outage")))


async def limits(telegram: SimulatorClient) -> Rates:
    return read_rates(as_object(await telegram.get("limits")))


async def set_limits(telegram: SimulatorClient, rates: Rates) -> Rates:
    """Rates() are Telegram's again."""
    return read_rates(await telegram.post("limits", dict(asdict(rates))))
