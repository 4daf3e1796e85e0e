"""Old trainings whose people still have a name, and how a nameless twin takes a person's place in one. Queries only."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, literal, select, union_all, update

from bot.store.case_tables import cases
from bot.store.class_tables import matches, relinks
from bot.store.tables import (
    accounts,
    answer_history,
    answer_messages,
    answers,
    consents,
    contacts,
    enrolments,
    people,
    responses,
    rounds,
    trainings,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A person in one old training, by name."""

    person_id: int
    code: str
    training_id: int
    training_code: str
    unit_group: str
    grade_group: str


@dataclass(frozen=True, slots=True)
class Written:
    """An answer, or one that was replaced."""

    response_id: int
    item: str
    value: str
    history_id: int  # 0: the present one


def named(connection: Connection, ended_until: date, limit: int) -> list[Named]:
    query = (
        select(
            people.c.id, people.c.code, trainings.c.id, trainings.c.code, people.c.unit_group,
            people.c.grade_group,
        )
        .select_from(
            enrolments.join(people, enrolments.c.person_id == people.c.id)
            .join(trainings, enrolments.c.training_id == trainings.c.id)
        )
        .where(trainings.c.ends_on <= ended_until, people.c.name != "")
        .distinct().order_by(trainings.c.id, people.c.id).limit(limit)
    )  # fmt: skip
    return [Named(*row) for row in connection.execute(query)]


def silent_chats(connection: Connection, since: datetime) -> list[int]:
    """Accounts of nobody that have not written since."""
    query = select(accounts.c.chat_id).where(
        accounts.c.person_id.is_(None), accounts.c.last_update_at < since
    )
    return list(connection.execute(query).scalars())


def twin(connection: Connection, one: Named, code: str) -> int:
    columns = {
        "code": code,
        "name": "",
        "unit_group": one.unit_group,
        "grade_group": one.grade_group,
    }
    inserted = connection.execute(people.insert().values(columns).returning(people.c.id))
    made: int = inserted.scalar_one()
    return made


def answers_in(connection: Connection, one: Named) -> list[Written]:
    """Of the person in that training, those that were replaced too."""
    mine = _responses(one)
    present = select(answers.c.response_id, answers.c.item, answers.c.value, literal(0)).where(
        answers.c.response_id.in_(mine)
    )
    former = select(
        answer_history.c.response_id, answer_history.c.item, answer_history.c.value,
        answer_history.c.id,
    ).where(answer_history.c.response_id.in_(mine))  # fmt: skip
    return [Written(*row) for row in connection.execute(union_all(present, former))]


def recordings(connection: Connection, kind: str, closed_until: datetime) -> list[Written]:
    """Voice messages in answers, replaced ones too, of rounds of that kind that closed on that moment or before."""
    closed = (
        select(responses.c.id)
        .join(rounds, responses.c.round_id == rounds.c.id)
        .where(rounds.c.kind == kind, rounds.c.closed_at <= closed_until)
    )
    spoken = "%[voice %"
    present = select(answers.c.response_id, answers.c.item, answers.c.value, literal(0)).where(
        answers.c.response_id.in_(closed), answers.c.value.like(spoken)
    )
    former = select(
        answer_history.c.response_id, answer_history.c.item, answer_history.c.value,
        answer_history.c.id,
    ).where(answer_history.c.response_id.in_(closed), answer_history.c.value.like(spoken))  # fmt: skip
    return [Written(*row) for row in connection.execute(union_all(present, former))]


def rewrite(
    connection: Connection, written: Written, value: str, at: datetime | None = None
) -> None:
    """`at`: since when the present answer says that."""
    values: dict[str, object] = {"value": value}
    if written.history_id:
        table, here = answer_history, answer_history.c.id == written.history_id
    else:
        table = answers
        values |= {"at": at} if at is not None else {}
        here = (answers.c.response_id == written.response_id) & (answers.c.item == written.item)
    connection.execute(update(table).where(here).values(values))


def hand_over(connection: Connection, one: Named, twin_id: int) -> None:
    """Everything of that training; what stood in the chat, and the name in the forms of others, goes."""
    mine = list(connection.execute(_responses(one)).scalars())
    connection.execute(answer_messages.delete().where(answer_messages.c.response_id.in_(mine)))
    connection.execute(
        update(accounts).where(accounts.c.response_id.in_(mine)).values(response_id=None)
    )
    for table in (matches, relinks, cases):
        here = (table.c.training_id == one.training_id) & (table.c.person_id == one.person_id)
        connection.execute(table.delete().where(here))
    _forget_name(connection, one)
    for column in (enrolments.c.person_id, enrolments.c.about_id):
        here = (enrolments.c.training_id == one.training_id) & (column == one.person_id)
        connection.execute(update(enrolments).where(here).values({column.name: twin_id}))
    for column in (
        responses.c.person_id, responses.c.about_id, consents.c.person_id, contacts.c.person_id,
    ):  # fmt: skip
        here = column.table.c.round_id.in_(_rounds(one)) & (column == one.person_id)
        connection.execute(update(column.table).where(here).values({column.name: twin_id}))


def is_anywhere(connection: Connection, person_id: int) -> bool:
    mine = (enrolments.c.person_id == person_id) | (enrolments.c.about_id == person_id)
    return connection.execute(select(enrolments.c.id).where(mine).limit(1)).first() is not None


def _forget_name(connection: Connection, one: Named) -> None:
    about = responses.c.about_id == one.person_id
    query = select(responses.c.id, responses.c.hidden).where(
        about, responses.c.round_id.in_(_rounds(one))
    )
    for row in connection.execute(query).all():
        hidden = {**row.hidden, "nama_alumni": ""}
        connection.execute(update(responses).where(responses.c.id == row.id).values(hidden=hidden))


def _responses(one: Named) -> Select[tuple[int]]:
    return select(responses.c.id).where(
        responses.c.person_id == one.person_id, responses.c.round_id.in_(_rounds(one))
    )


def _rounds(one: Named) -> Select[tuple[int]]:
    return select(rounds.c.id).where(rounds.c.training_id == one.training_id)
