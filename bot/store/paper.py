"""Responses that stand on paper: whose may be keyed in, and that one was. Queries only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from bot.store.tables import accounts, people, responses, rounds

KEYED_IN = "keyed_in"


@dataclass(frozen=True, slots=True)
class Sheet:
    response_id: int
    person_id: int
    name: str
    unit: str
    training_id: int
    round_id: int
    closes_at: datetime
    mode: str
    begun_at: datetime | None
    disposition: str
    about: str  # the alumnus rated, or ""
    kind: str  # of the round

    @property
    def whose(self) -> str:
        """A superior has a sheet for each alumnus."""
        return f"{self.name} → {self.about}" if self.about else self.name

    @property
    def is_free(self) -> bool:
        """Nothing was answered, or declined, in the chat."""
        return self.mode == KEYED_IN or (self.begun_at is None and self.disposition != "refused")


def sheets(connection: Connection, training_id: int, now: datetime) -> list[Sheet]:
    """Of the rounds that are open, by name; also those that were keyed in, to be mended."""
    query = (
        _sheets()
        .where(
            rounds.c.training_id == training_id,
            rounds.c.opened_at.is_not(None),
            rounds.c.closed_at.is_(None),
            rounds.c.closes_at > now,
        )
        .order_by(people.c.name, responses.c.id)
    )
    found = [Sheet(*row) for row in connection.execute(query)]
    return [one for one in found if one.is_free]


def sheet(connection: Connection, response_id: int) -> Sheet | None:
    query = _sheets().where(responses.c.id == response_id, rounds.c.closes_at.is_not(None))
    row = connection.execute(query).one_or_none()
    return None if row is None else Sheet(*row)


@dataclass(frozen=True, slots=True)
class Unreached:
    """Asked in a round, without an account, and nothing answered or keyed in yet."""

    name: str
    nip: str
    unit: str
    hidden: Mapping[str, str]


def without_account(connection: Connection, round_id: int) -> list[Unreached]:
    query = (
        select(people.c.name, people.c.nip, people.c.unit, responses.c.hidden)
        .select_from(
            responses.join(people, responses.c.person_id == people.c.id).outerjoin(
                accounts, accounts.c.person_id == people.c.id
            )
        )
        .where(
            responses.c.round_id == round_id, accounts.c.chat_id.is_(None),
            responses.c.begun_at.is_(None), responses.c.disposition != "refused",
        )
        .order_by(people.c.name, responses.c.id)
    )  # fmt: skip
    return [
        Unreached(row.name, row.nip or "", row.unit, row.hidden)
        for row in connection.execute(query)
    ]


def set_keyed_in(connection: Connection, response_id: int) -> None:
    connection.execute(update(responses).where(responses.c.id == response_id).values(mode=KEYED_IN))


def _sheets() -> Select[Any]:
    about = people.alias("about")
    return select(
        responses.c.id, responses.c.person_id, people.c.name, people.c.unit, rounds.c.training_id,
        rounds.c.id, rounds.c.closes_at, responses.c.mode, responses.c.begun_at,
        responses.c.disposition, func.coalesce(about.c.name, ""), rounds.c.kind,
    ).select_from(
        responses.join(rounds, responses.c.round_id == rounds.c.id)
        .join(people, responses.c.person_id == people.c.id)
        .outerjoin(about, responses.c.about_id == about.c.id)
    )  # fmt: skip
