"""A training as the office knows it, made by the real import: builders for the tests of rounds, contacts and reports.

Everybody is invented: serials above 900, phone numbers of the 555 block.
"""

import tomllib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from bot.fieldwork import contacting, rounds
from bot.fieldwork.nip import Nip, read_nip
from bot.fieldwork.roster import save_roster
from bot.fieldwork.rosters.record import Participant, Rater, Roster
from bot.store import accounts, questionnaires, tables
from bot.store import rounds as stored_rounds
from bot.survey.questionnaire import Questionnaire
from bot.survey.study import Study, study_from
from tests.survey.forms import form, item, labels, options

CONFIG = Path(__file__).parents[2] / "config"
STUDY: Study = study_from(tomllib.loads((CONFIG / "study.toml").read_text("utf-8")))
SECRET = b"a secret of thirty-two bytes or more"
WIB = ZoneInfo("Asia/Jakarta")
IMPORTED = datetime(2026, 10, 13, 2, 0, tzinfo=UTC)
LAST_DAY = date(2026, 10, 16)
FIRST_CHAT = 1000


def wib(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def nip(number: int) -> Nip:
    start = f"201{number // 1080}{number // 90 % 12 + 1:02d}"
    found = read_nip(f"19860926{start}{1 + number % 2}{901 + number % 90:03d}", date(2026, 11, 1))
    assert isinstance(found, Nip)
    return found


def superior(number: int = 60, **changes: object) -> Rater:
    given = {
        "name": f"Atasan {number}", "nip": nip(number), "position": "Kepala Bidang",
        "phone": "+6281155500001",
    }  # fmt: skip
    return Rater(**{**given, **changes})  # type: ignore[arg-type]


def participant(number: int, **changes: object) -> Participant:
    given = {
        "nip": nip(number), "name": f"Peserta {number}", "unit": "BPKAD", "unit_group": "Badan",
        "grade": "III/a", "position": "Analis", "phone": "", "superior": superior(),
    }  # fmt: skip
    return Participant(**{**given, **changes})  # type: ignore[arg-type]


def roster(size: int = 3, **changes: object) -> Roster:
    given = {
        "code": "MKD-2026-2", "title": "Manajemen Keuangan Daerah", "cohort": "Angk. II",
        "starts_on": date(2026, 10, 13), "ends_on": LAST_DAY,
        "participants": tuple(participant(number) for number in range(size)),
        "instructors": ("Hasan", "Rosmalina", "Tarmizi"),
        "competences": ("menyusun SPJ", "membaca LRA"),
    }  # fmt: skip
    return Roster(**{**given, **changes})  # type: ignore[arg-type]


def questionnaire(name: str) -> Questionnaire:
    return form(
        item("nama_pelatihan", "hidden"),
        item("instruktur_1", "hidden"),
        item("q1", required=True, options=options("setuju", "tidak")),
        item("q2", required=True, labels=labels("Penguasaan ${instruktur_1}?")),
        item("saran", "text"),
        name=name,
    )


def store_questionnaires(connection: Connection) -> None:
    for plan in STUDY.rounds.values():
        questionnaires.keep(connection, questionnaire(plan.questionnaire), IMPORTED)


def import_class(
    connection: Connection,
    who: Roster | None = None,
    *,
    connected: int | None = None,
    now: datetime = IMPORTED,
) -> int:
    """Import it and connect so many (all) participants, in chats 1000, 1001 ..."""
    store_questionnaires(connection)
    saved = save_roster(connection, STUDY, who or roster(), SECRET, now)
    for number, person in enumerate(people(connection, saved.training_id)):
        if connected is None or number < connected:
            connect(connection, person, FIRST_CHAT + number, now)
    return saved.training_id


def connect(connection: Connection, person_id: int, chat_id: int, now: datetime = IMPORTED) -> None:
    accounts.opened(connection, chat_id, now)
    accounts.link(connection, chat_id, person_id, now)


def people(connection: Connection, training_id: int, role: str = "participant") -> list[int]:
    query = (
        select(tables.enrolments.c.person_id)
        .where(tables.enrolments.c.training_id == training_id, tables.enrolments.c.role == role)
        .order_by(tables.enrolments.c.id)
    )
    return list(dict.fromkeys(connection.execute(query).scalars()))


def round_of(connection: Connection, training_id: int, kind: str) -> stored_rounds.Round:
    found = stored_rounds.of_kind(connection, training_id, kind)
    assert found is not None
    return found


def open_round(
    connection: Connection, training_id: int, kind: str = "followup_alumni", *, now: datetime
) -> int:
    opened = rounds.trigger(connection, STUDY, training_id, kind, by=1, now=now)
    assert opened is not None
    return opened.round_id


def send_due(connection: Connection, now: datetime, outcome: str = "sent") -> list[tuple[int, int]]:
    """What the ticker does, without Telegram: (chat, step) of what went out."""
    sent = []
    for _ in range(3):  # what is claimed again and again must not hang the tests
        for one in contacting.claim_due(connection, STUDY, now, 50):
            contact = contacting.recheck(connection, STUDY, one.contact_id, now)
            if contact is not None:
                sent.append((contact.chat_id, contact.step))
                contacting.record(connection, STUDY, one.contact_id, outcome, now)  # type: ignore[arg-type]
    return sent


def run_through(
    connection: Connection, since: datetime, until: datetime, outcome: str = "sent"
) -> list[tuple[str, int, int]]:
    """Every contact from due time to due time: (local time, chat, step)."""
    sent: list[tuple[str, int, int]] = []
    now = since
    while now <= until:
        for round_id in rounds.due_to_open(connection, now):
            rounds.open_round(connection, STUDY, round_id, now)
        local = f"{now.astimezone(WIB):%Y-%m-%d %H:%M}"
        sent += [(local, chat, step) for chat, step in send_due(connection, now, outcome)]
        for round_id in rounds.due_to_close(connection, now):
            while rounds.settle_some(connection, STUDY, round_id, now):
                pass
        now = max(contacting.next_due(connection, STUDY, now), now + timedelta(minutes=1))
    return sent


def change_response(connection: Connection, person_id: int, **columns: object) -> None:
    connection.execute(
        update(tables.responses).where(tables.responses.c.person_id == person_id).values(columns)
    )


def dispositions(connection: Connection, round_id: int) -> Sequence[str]:
    query = (
        select(tables.responses.c.disposition)
        .where(tables.responses.c.round_id == round_id)
        .order_by(tables.responses.c.id)
    )
    return list(connection.execute(query).scalars())
