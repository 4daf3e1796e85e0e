"""What responses carry of their training beforehand, and how many have begun, so that it can still be mended. Queries only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select, update

from bot.store.tables import responses, rounds


@dataclass(frozen=True, slots=True)
class Unbegun:
    response_id: int
    person_id: int
    hidden: Mapping[str, str]


def unbegun(connection: Connection, round_id: int) -> list[Unbegun]:
    query = select(responses.c.id, responses.c.person_id, responses.c.hidden).where(
        responses.c.round_id == round_id, responses.c.begun_at.is_(None)
    )
    return [Unbegun(*row) for row in connection.execute(query)]


def replace(connection: Connection, changed: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    if not changed:
        return
    values = {"hidden": bindparam("now_hidden", type_=responses.c.hidden.type)}
    query = update(responses).where(responses.c.id == bindparam("of_id")).values(values)
    rows = [{"of_id": one, "now_hidden": dict(hidden)} for one, hidden in changed]
    connection.execute(query, rows)


def begun(connection: Connection, training_id: int, round_id: int | None = None) -> int:
    """Of all rounds of that training, or of one."""
    query = (
        select(func.count())
        .select_from(responses.join(rounds, responses.c.round_id == rounds.c.id))
        .where(rounds.c.training_id == training_id, responses.c.begun_at.is_not(None))
    )
    if round_id is not None:
        query = query.where(rounds.c.id == round_id)
    found: int = connection.execute(query).scalar_one()
    return found
