"""All that is held about one person: to show it, and to erase it. Queries only.

What a superior said about the person is erased with the person, but never shown: the superior was promised that.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bot.store.case_tables import case_notes, cases, recordings
from bot.store.class_tables import relinks, wrong_codes, wrong_dates
from bot.store.rights_tables import requests
from bot.store.staff_tables import staff, staff_names
from bot.store.tables import (
    accounts,
    answer_history,
    answer_messages,
    answers,
    audit,
    consents,
    contacts,
    disposition_history,
    enrolments,
    jobs,
    links,
    people,
    responses,
    rounds,
    trainings,
)

Rows = list[dict[str, Any]]


def held(connection: Connection, person_id: int) -> Mapping[str, Rows]:
    """By kind of record, in words a person understands; no column names of ours that say nothing."""
    mine = select(responses.c.id).where(responses.c.person_id == person_id)
    code = select(people.c.code).where(people.c.id == person_id).scalar_subquery()
    queries: dict[str, Select[Any]] = {
        "data_diri": select(
            people.c.name, people.c.nip, people.c.birth_date, people.c.unit, people.c.grade,
            people.c.position, people.c.phone, people.c.zone, people.c.do_not_contact_at, people.c.code,
        ).where(people.c.id == person_id),
        "akun_telegram": select(
            accounts.c.chat_id, accounts.c.language, accounts.c.linked_at,
            accounts.c.last_update_at, accounts.c.blocked_at,
        ).where(accounts.c.person_id == person_id),
        "tugas_petugas": select(
            staff.c.role, staff.c.all_trainings, staff.c.added_at, staff.c.left_at, staff_names.c.name
        )
        .join(accounts, accounts.c.chat_id == staff.c.chat_id)
        .outerjoin(staff_names, staff_names.c.chat_id == staff.c.chat_id)
        .where(accounts.c.person_id == person_id),
        "pelatihan": select(trainings.c.title, enrolments.c.role, enrolments.c.memory)
        .join(trainings, enrolments.c.training_id == trainings.c.id)
        .where(enrolments.c.person_id == person_id),
        "persetujuan": select(
            consents.c.notice_version, consents.c.given, consents.c.on_behalf, consents.c.at
        ).where(consents.c.person_id == person_id),
        "tautan": select(links.c.created_at, links.c.used_at, links.c.disabled_at)
        .where(links.c.person_id == person_id),
        "survei": select(
            responses.c.id, trainings.c.title, rounds.c.kind, responses.c.disposition,
            responses.c.issued_at, responses.c.begun_at, responses.c.completed_at, responses.c.hidden,
        )
        .join(rounds, responses.c.round_id == rounds.c.id)
        .join(trainings, rounds.c.training_id == trainings.c.id)
        .where(responses.c.person_id == person_id),
        **_answers(mine),
        "pesan_yang_kami_kirim": select(contacts.c.kind, contacts.c.state, contacts.c.sent_at)
        .where(contacts.c.person_id == person_id),
        "wawancara": _interviews(person_id),
        "rekaman": select(
            recordings.c.item, recordings.c.seconds, recordings.c.kept_at, recordings.c.transcript
        ).where(recordings.c.response_id.in_(mine)),
        "permintaan": select(
            requests.c.kind, requests.c.text, requests.c.asked_at, requests.c.due_at,
            requests.c.done_at, requests.c.outcome,
        ).where(requests.c.person_code == code),
        "penilaian_tentang_saya": select(func.count().label("jumlah"))
        .select_from(responses)
        .where(responses.c.about_id == person_id, responses.c.begun_at.is_not(None)),
    }  # fmt: skip
    return {kind: _rows(connection, query) for kind, query in queries.items()}


def trail(connection: Connection, person_id: int) -> Rows:
    """What colleagues did with the trainings of the person: when and what, not who."""
    codes = select(trainings.c.code).join(enrolments, enrolments.c.training_id == trainings.c.id)
    mine = set(connection.execute(codes.where(enrolments.c.person_id == person_id)).scalars())
    lines = connection.execute(
        select(audit.c.at, audit.c.action, audit.c.detail).order_by(audit.c.id)
    )
    return [
        {"at": line.at, "action": line.action, "training": line.detail["training"]}
        for line in lines
        if line.detail.get("training") in mine
    ]


def erase(connection: Connection, person_id: int) -> None:
    """The person with all that hangs on it, and what others said about the person."""
    code = select(people.c.code).where(people.c.id == person_id).scalar_subquery()
    connection.execute(requests.delete().where(requests.c.person_code == code))
    connection.execute(responses.delete().where(responses.c.about_id == person_id))
    connection.execute(enrolments.delete().where(enrolments.c.about_id == person_id))
    connection.execute(people.delete().where(people.c.id == person_id))


def forget_chat(connection: Connection, chat_id: int) -> None:
    """Where else its number stands: who used a link, what gave an answer, what was asked for and is done."""
    connection.execute(links.delete().where(links.c.used_by == chat_id))
    for table in (answer_messages, relinks, wrong_dates, wrong_codes):
        connection.execute(table.delete().where(table.c.chat_id == chat_id))
    is_done = jobs.c.state.not_in(("waiting", "claimed"))
    connection.execute(jobs.delete().where(jobs.c.chat_id == chat_id, is_done))


def _interviews(person_id: int) -> Select[Any]:
    """For what they were selected, and what was permitted and noted in a call."""
    noted = cases.join(trainings, cases.c.training_id == trainings.c.id).outerjoin(
        case_notes, case_notes.c.case_id == cases.c.id
    )
    return (
        select(
            trainings.c.title, cases.c.number, cases.c.selected_at, cases.c.called_at,
            cases.c.permission, cases.c.quotes_seen_at, case_notes.c.text, case_notes.c.at,
        )
        .select_from(noted).where(cases.c.person_id == person_id)
    )  # fmt: skip


def _answers(mine: Select[Any]) -> dict[str, Select[Any]]:
    return {
        "jawaban": select(answers).where(answers.c.response_id.in_(mine)),
        "jawaban_yang_diganti": select(
            answer_history.c.response_id, answer_history.c.item, answer_history.c.value,
            answer_history.c.other, answer_history.c.answered_at, answer_history.c.replaced_at,
        ).where(answer_history.c.response_id.in_(mine)),
        "pesan_yang_memuat_jawaban": select(
            answer_messages.c.response_id, answer_messages.c.item, answer_messages.c.message_id
        ).where(answer_messages.c.response_id.in_(mine)),
        "riwayat_status": select(
            disposition_history.c.response_id, disposition_history.c.disposition,
            disposition_history.c.at,
        ).where(disposition_history.c.response_id.in_(mine)),
    }  # fmt: skip


def _rows(connection: Connection, query: Select[Any]) -> Rows:
    return [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001  # SQLAlchemy's public name
