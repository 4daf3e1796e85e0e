"""Voice messages of interviews: which there are, their sealed sound, what they say. Queries only; the sound is opaque here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from bot.store.case_tables import cases, recordings
from bot.store.tables import answers, responses, rounds
from bot.store.upsert import insert
from bot.survey.attachments import MARK_OF_VOICE

OLDEST = (recordings.c.due_at, recordings.c.id)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # due then: given up


@dataclass(frozen=True, slots=True)
class Spoken:
    """An answer with a voice message in it."""

    response_id: int
    item: str
    value: str


@dataclass(frozen=True, slots=True)
class Recording:
    """What stands in an answer."""

    response_id: int
    item: str
    file_id: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Unfetched:
    id: int
    file_id: str
    failures: int


@dataclass(frozen=True, slots=True)
class Untranscribed:
    id: int
    sealed: bytes
    failures: int


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Kept, and nobody has written it down."""

    id: int
    number: int  # of the case
    item: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Transcript:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    fetched: int = 0
    transcribed: int = 0
    failing: int = 0  # the last try failed; it is tried again
    too_large: int = 0  # and is not tried again


def spoken(connection: Connection, kind: str) -> list[Spoken]:
    """In rounds of that kind."""
    mine = (
        select(responses.c.id)
        .join(rounds, responses.c.round_id == rounds.c.id)
        .where(rounds.c.kind == kind)
    )
    query = (
        select(answers.c.response_id, answers.c.item, answers.c.value)
        .where(answers.c.response_id.in_(mine), answers.c.value.like(f"%{MARK_OF_VOICE}%"))
        .order_by(answers.c.response_id, answers.c.item)
    )
    return [Spoken(*row) for row in connection.execute(query)]


def known(connection: Connection) -> dict[tuple[int, str], int]:
    """The number of each whose sound is or will be here, by response and file id."""
    query = select(recordings.c.response_id, recordings.c.file_id, recordings.c.id)
    return {(row.response_id, row.file_id): row.id for row in connection.execute(query)}


def add(connection: Connection, found: Sequence[Recording], now: datetime) -> None:
    rows = [
        {
            "response_id": one.response_id, "item": one.item, "file_id": one.file_id,
            "seconds": one.seconds, "due_at": now,
        }
        for one in found
    ]  # fmt: skip
    if rows:
        connection.execute(insert(connection, recordings).on_conflict_do_nothing(), rows)


def remove(connection: Connection, numbers: Sequence[int]) -> None:
    if numbers:
        connection.execute(recordings.delete().where(recordings.c.id.in_(numbers)))


def remove_of(connection: Connection, response_ids: Collection[int]) -> None:
    if response_ids:
        connection.execute(recordings.delete().where(recordings.c.response_id.in_(response_ids)))


def unfetched(connection: Connection, now: datetime) -> Unfetched | None:
    query = select(recordings.c.id, recordings.c.file_id, recordings.c.failures).where(
        recordings.c.sealed.is_(None), recordings.c.due_at <= now,
    )  # fmt: skip
    row = connection.execute(query.order_by(*OLDEST).limit(1)).one_or_none()
    return None if row is None else Unfetched(*row)


def untranscribed(connection: Connection, now: datetime) -> Untranscribed | None:
    query = select(recordings.c.id, recordings.c.sealed, recordings.c.failures).where(
        recordings.c.sealed.is_not(None), recordings.c.transcript.is_(None),
        recordings.c.due_at <= now,
    )  # fmt: skip
    row = connection.execute(query.order_by(*OLDEST).limit(1)).one_or_none()
    return None if row is None else Untranscribed(*row)


def unwritten(connection: Connection) -> list[Unwritten]:
    query = (
        select(recordings.c.id, cases.c.number, recordings.c.item, recordings.c.sealed)
        .join(responses, recordings.c.response_id == responses.c.id)
        .join(rounds, responses.c.round_id == rounds.c.id)
        .join(
            cases,
            (cases.c.person_id == responses.c.person_id)
            & (cases.c.training_id == rounds.c.training_id),
        )
        .where(recordings.c.sealed.is_not(None), recordings.c.transcript.is_(None))
        .order_by(recordings.c.id)
    )
    return [Unwritten(*row) for row in connection.execute(query)]


def numbers(connection: Connection) -> set[int]:
    return set(connection.execute(select(recordings.c.id)).scalars())


def keep(connection: Connection, number: int, sealed: bytes, now: datetime) -> None:
    values = {"sealed": sealed, "kept_at": now, "failures": 0, "due_at": now}
    connection.execute(update(recordings).where(recordings.c.id == number).values(values))


def write_down(connection: Connection, number: int, transcript: str, now: datetime) -> None:
    values = {"transcript": transcript, "written_at": now, "failures": 0}
    connection.execute(update(recordings).where(recordings.c.id == number).values(values))


def put_off(connection: Connection, number: int, due_at: datetime) -> None:
    """A try failed."""
    values = {"failures": recordings.c.failures + 1, "due_at": due_at}
    connection.execute(update(recordings).where(recordings.c.id == number).values(values))


def transcripts(connection: Connection, response_id: int) -> dict[str, Transcript]:
    """By file id."""
    query = select(recordings.c.file_id, recordings.c.transcript, recordings.c.written_at).where(
        recordings.c.response_id == response_id, recordings.c.transcript.is_not(None)
    )
    return {
        row.file_id: Transcript(row.transcript, row.written_at) for row in connection.execute(query)
    }


def counts(connection: Connection, training_id: int, kind: str) -> Counts:
    fetched = func.count(recordings.c.sealed)
    query = (
        select(
            fetched, func.count(recordings.c.transcript),
            func.count(recordings.c.id).filter(
                recordings.c.failures > 0, recordings.c.due_at < NEVER
            ),
            func.count(recordings.c.id).filter(recordings.c.due_at == NEVER),
        )
        .join(responses, recordings.c.response_id == responses.c.id)
        .join(rounds, responses.c.round_id == rounds.c.id)
        .where(rounds.c.training_id == training_id, rounds.c.kind == kind)
    )  # fmt: skip
    return Counts(*connection.execute(query).one())


def newest_sealed(connection: Connection) -> tuple[int, bytes | None]:
    """How many there are, and one to try a key on."""
    held = recordings.c.sealed.is_not(None)
    number: int = connection.execute(
        select(func.count()).select_from(recordings).where(held)
    ).scalar_one()
    latest = select(recordings.c.sealed).where(held).order_by(recordings.c.id.desc()).limit(1)
    return number, connection.execute(latest).scalar_one_or_none()
