"""Compiled questionnaires by version; immutable, so each body is parsed once. Queries only.

In use is the version published last, which need not be the one kept last: an earlier one may be published again.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, func, select

from bot.store.tables import publications, questionnaires
from bot.store.upsert import insert
from bot.survey.questionnaire import Questionnaire
from bot.survey.questionnaire_json import from_json, to_json

_READ: Final[WeakKeyDictionary[Engine, dict[int, Questionnaire]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class InUse:
    id: int
    since: datetime


def keep(connection: Connection, questionnaire: Questionnaire, now: datetime) -> int:
    """Store and publish this version unless it is there already; its id either way."""
    made = _insert(connection, questionnaire, now)
    if made is not None:
        publish(connection, made, None, now)
        return made
    return _kept(connection, questionnaire.name, questionnaire.version)


def keep_published(
    connection: Connection, questionnaire: Questionnaire, by: int, now: datetime
) -> int:
    """Store this version unless it is there already, and put it in use; its id."""
    made = _insert(connection, questionnaire, now)
    if made is None:
        made = _kept(connection, questionnaire.name, questionnaire.version)
    publish(connection, made, by, now)
    return made


def publish(connection: Connection, questionnaire_id: int, by: int | None, now: datetime) -> None:
    connection.execute(
        publications.insert().values(questionnaire_id=questionnaire_id, published_by=by, at=now)
    )


def newest(connection: Connection, name: str) -> int | None:
    """The version in use."""
    found = in_use(connection, name)
    return None if found is None else found.id


def in_use(connection: Connection, name: str) -> InUse | None:
    row = connection.execute(
        select(questionnaires.c.id, publications.c.at)
        .join_from(publications, questionnaires)
        .where(questionnaires.c.name == name)
        .order_by(publications.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else InUse(row.id, row.at)


def newest_of_all(connection: Connection) -> list[Questionnaire]:
    """The version in use of each questionnaire."""
    last = (
        select(func.max(publications.c.id))
        .join_from(publications, questionnaires)
        .group_by(questionnaires.c.name)
    )
    bodies = connection.execute(
        select(questionnaires.c.body)
        .join_from(publications, questionnaires)
        .where(publications.c.id.in_(last))
        .order_by(publications.c.id)
    )
    return [parsed(body) for body in bodies.scalars()]


def of_id(connection: Connection, questionnaire_id: int) -> Questionnaire:
    return parsed(connection.execute(_BODY_OF_ONE, {"of_id": questionnaire_id}).scalar_one())


def of_version(
    connection: Connection, questionnaire_id: int, name: str, version: str
) -> Questionnaire:
    """The same, read once a process: a version never changes. Name and version guard against an id that a rollback gave away again."""
    read = _READ.setdefault(connection.engine, {})
    found = read.get(questionnaire_id)
    if found is None or (found.name, found.version) != (name, version):
        found = read[questionnaire_id] = of_id(connection, questionnaire_id)
    return found


def forget(engine: Engine) -> None:
    """What was read through it: its database is another one from now on."""
    _READ.pop(engine, None)


def _insert(connection: Connection, questionnaire: Questionnaire, now: datetime) -> int | None:
    """None: that version is there already."""
    made: int | None = connection.execute(
        insert(connection, questionnaires)
        .values(
            name=questionnaire.name, version=questionnaire.version, body=to_json(questionnaire),
            created_at=now,
        )
        .on_conflict_do_nothing()
        .returning(questionnaires.c.id)
    ).scalar_one_or_none()  # fmt: skip
    return made


def _kept(connection: Connection, name: str, version: str) -> int:
    kept: int = connection.execute(
        select(questionnaires.c.id).where(
            questionnaires.c.name == name, questionnaires.c.version == version
        )
    ).scalar_one()
    return kept


@lru_cache(maxsize=64)
def parsed(body: str) -> Questionnaire:
    return from_json(body)


_BODY_OF_ONE = select(questionnaires.c.body).where(questionnaires.c.id == bindparam("of_id"))
