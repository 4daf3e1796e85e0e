"""Whom of the office a message is for that a participant's update brings about. Reads only."""

from collections.abc import Mapping
from typing import Literal

from sqlalchemy import Connection

from bot.fieldwork import staff
from bot.fieldwork.records import Notify, Value
from bot.fieldwork.staff import Named

About = Literal["walk_ins", "relink", "missing", "cases", "superior"]


def office(
    connection: Connection,
    named: Named,
    training_id: int,
    key: str,
    words: Mapping[str, Value],
    *,
    about: About,
    one: int = 0,
) -> tuple[Notify, ...]:
    """To the coordinators of the training; where there is none, to the administrators."""
    everybody = staff.everybody(connection, named)
    in_charge = [
        who.chat_id for who in everybody if who.role == "coordinator" and who.has(training_id)
    ]
    administrators = [who.chat_id for who in everybody if who.role == "administrator"]
    return tuple(
        Notify(
            chat_id, staff.language_of(connection, chat_id) or "id", key, words, about,
            training_id, one,
        )
        for chat_id in in_charge or administrators
    )  # fmt: skip
