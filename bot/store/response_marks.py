"""What fieldwork asks and notes of responses beside the interview itself. Queries only."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select, update

from bot.store.tables import responses


def issued_in(
    connection: Connection, round_id: int, only: Collection[int] | None = None
) -> dict[int, set[int]]:
    """By person, whom the responses of that round are about (0: nobody)."""
    query = select(responses.c.person_id, responses.c.about_id).where(
        responses.c.round_id == round_id
    )
    if only is not None:
        query = query.where(responses.c.person_id.in_(only))
    found: dict[int, set[int]] = {}
    for row in connection.execute(query):
        found.setdefault(row.person_id, set()).add(row.about_id)
    return found


def set_hidden(connection: Connection, response_id: int, hidden: Mapping[str, str]) -> None:
    connection.execute(
        update(responses).where(responses.c.id == response_id).values(hidden=dict(hidden))
    )


def set_proxy(connection: Connection, round_id: int, person_id: int, *, proxy: bool) -> None:
    """Of all that are not through yet: whoever agreed last answers them."""
    connection.execute(
        update(responses)
        .where(responses.c.round_id == round_id, responses.c.person_id == person_id)
        .where(responses.c.completed_at.is_(None))
        .values(proxy=proxy)
    )
