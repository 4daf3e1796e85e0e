"""Which share of the calls goes wrong, and in which way: a plan, and what it decides on one call. Pure values and functions.

What becomes of a call follows from the seed, the method, the chat and the number of the call alone, so it is the same in every run.
"""

from dataclasses import dataclass
from random import Random
from typing import Literal

CallKind = Literal[
    "too_many", "server_error_500", "bad_gateway_502", "bad_gateway_after", "timeout_before",
    "timeout_after", "reset_before", "reset_after", "slow",
]  # fmt: skip
UpdateKind = Literal["duplicate_update", "redelivery"]
Kind = CallKind | UpdateKind
Flood = Literal["call", "chat", "bot"]
OutageMode = Literal["reset", "bad_gateway"]

CALL_KINDS: tuple[CallKind, ...] = (
    "too_many", "server_error_500", "bad_gateway_502", "bad_gateway_after", "timeout_before",
    "timeout_after", "reset_before", "reset_after", "slow",
)  # fmt: skip
UPDATE_KINDS: tuple[UpdateKind, ...] = ("duplicate_update", "redelivery")
FLOODS: tuple[Flood, ...] = ("call", "chat", "bot")
OUTAGE_MODES: tuple[OutageMode, ...] = ("reset", "bad_gateway")
WITH_EFFECT = frozenset({"bad_gateway_after", "timeout_after", "reset_after", "slow"})
# Without these a bot does not even start; a plan that wants them names its methods.
SPARED = frozenset({"getMe", "setWebhook", "deleteWebhook", "getWebhookInfo", "logOut", "close"})
LONGEST_WAIT = 7 * 86_400


class NotAPlan(ValueError):
    """What was asked for makes no sense, in a sentence."""


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """Shares are of 0 to 1; those of calls add up to 1 at most."""

    seed: int = 0
    too_many: float = 0.0
    server_error_500: float = 0.0
    bad_gateway_502: float = 0.0
    bad_gateway_after: float = 0.0
    timeout_before: float = 0.0
    timeout_after: float = 0.0
    reset_before: float = 0.0
    reset_after: float = 0.0
    slow: float = 0.0
    duplicate_update: float = 0.0
    redelivery: float = 0.0
    retry_after: tuple[int, int] = (1, 5)  # seconds of real time, up to a week
    flood: Flood = "call"  # how far a 429 reaches until its seconds are over
    slow_ms: tuple[int, int] = (200, 1000)
    hold_seconds: float = 60.0  # a time-out ends then, or when the bot hangs up
    html: float = 0.0  # share of the 500 and 502 that come as nginx's page instead of JSON
    methods: tuple[str, ...] = ()  # empty: all but SPARED

    def __post_init__(self) -> None:
        for name in (*CALL_KINDS, *UPDATE_KINDS, "html"):
            if not 0 <= getattr(self, name) <= 1:
                raise NotAPlan(f"{name} is a share, from 0 to 1")
        if sum(self.share(kind) for kind in CALL_KINDS) > 1 + 1e-9:
            raise NotAPlan("the shares of a call's faults add up to more than 1")
        _check_range("retry_after", self.retry_after, 1)
        _check_range("slow_ms", self.slow_ms, 0)
        if not 0 < self.hold_seconds <= LONGEST_WAIT:
            raise NotAPlan("hold_seconds is above 0 and at most a week")
        if self.flood not in FLOODS:
            raise NotAPlan(f"flood is one of: {', '.join(FLOODS)}")

    def share(self, kind: Kind) -> float:
        return float(getattr(self, kind))

    def covers(self, method: str) -> bool:
        return method in self.methods if self.methods else method not in SPARED


@dataclass(frozen=True, slots=True)
class Fault:
    kind: CallKind | Literal["outage"]
    seconds: float = 0.0  # of a 429, of a slow answer, of a held connection
    html: bool = False
    flood: Flood = "call"
    mode: OutageMode = "reset"

    @property
    def lets_through(self) -> bool:
        """Whether the call has its effect."""
        return self.kind in WITH_EFFECT


def evenly(share: float, seed: int = 0) -> FaultPlan:
    """So many calls go wrong, all kinds alike, and so many updates come twice or again."""
    each = share / len(CALL_KINDS)
    return FaultPlan(
        seed, each, each, each, each, each, each, each, each, each,
        duplicate_update=share, redelivery=share,
    )  # fmt: skip


def drawn(plan: FaultPlan, method: str, chat_id: int, number: int) -> Fault | None:
    """The plan's decision on the call of that number; the same in every run."""
    random = Random(f"{plan.seed} {method} {chat_id} {number}")
    point = random.random()
    for kind in CALL_KINDS:
        point -= plan.share(kind)
        if point < 0:
            return made(plan, kind, random)
    return None


def made(plan: FaultPlan, kind: CallKind, random: Random) -> Fault:
    """A fault of this kind with the plan's details."""
    retry_after = random.randint(*plan.retry_after)
    slow, html = random.uniform(*plan.slow_ms) / 1000, random.random() < plan.html
    seconds = {
        "too_many": float(retry_after),
        "slow": slow,
        "timeout_before": plan.hold_seconds,
        "timeout_after": plan.hold_seconds,
    }.get(kind, 0.0)
    return Fault(kind, seconds, html, plan.flood)


def _check_range(name: str, given: tuple[int, int], least: int) -> None:
    low, high = given
    most = LONGEST_WAIT if name == "retry_after" else LONGEST_WAIT * 1000
    if not least <= low <= high <= most:
        raise NotAPlan(f"{name} goes from a least to a most, {least} to {most}")
