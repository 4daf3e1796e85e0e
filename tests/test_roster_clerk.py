"""A list that was sent, from its id at Telegram to the saved people: a real Bot API server, a real database, real child processes."""

import gc
import io
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, func, select
from telegram import Update

from bot import roster_clerk
from bot.analysis import Analyst
from bot.asked_jobs import AskedJobs
from bot.chat.outbox import Hooks, Outbox
from bot.chat.roster_buttons import APART, encode_roster
from bot.chat.routing import answered
from bot.chat.updates import Lanes
from bot.fieldwork import submitting
from bot.fieldwork.roster import save_roster
from bot.fieldwork.staff import Asked, StaffVisit, attend
from bot.fieldwork.submitting import Submitted
from bot.simulator.client import SimulatedPerson
from bot.simulator.views import MessageView
from bot.store import audit, draft_tables, roster_drafts, tables, walk_ins
from bot.store import staff as stored
from bot.store.database import Database
from tests.chat.scripted_telegram import tap_update
from tests.chat.staff_desk import COORDINATOR, NOW, desk_on
from tests.fieldwork.office import CONFIG, SECRET, STUDY, participant, roster
from tests.fieldwork.rosters.nasty import CICI, HEAD, SITI_ROW, csv, full_workbook, one_sheet
from tests.simulator.bench import workbench

BAD_ROW = (2, "Budi", "19900913202524299", "IX", "RSUD", None)
OF_ONE = 602


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    """What is stored is tried on both databases in tests/fieldwork; here a process is started each time."""
    async with await Database.open(sqlite_url) as opened:
        yield opened


@dataclass
class Office:
    rina: SimulatedPerson
    jobs: AskedJobs
    database: Database
    who: int = COORDINATOR
    updates: int = 0

    async def send(self, name: str, content: bytes, caption: str = "") -> list[MessageView]:
        """What comes back for it."""
        await self.rina.send_document(name, content, caption)
        found = (await self.rina.chat()).messages[-1].file
        assert found is not None
        self.updates += 1
        visit = StaffVisit(STUDY, self.who, self.updates, NOW, self.jobs.desk.named)
        event = partial(submitting.submit, sent=Submitted(found.file_id, name, caption))
        await self.database.run(attend, visit, Asked("send file"), event)
        return await self.work()

    async def work(self) -> list[MessageView]:
        before = len((await self.rina.chat()).messages)
        await self.jobs.done(NOW)
        return list((await self.rina.chat()).messages[before:])

    async def press(self, data: str) -> str:
        """On the lowest message; what the handler answers. The job is not done yet."""
        self.updates += 1
        update = tap_update(self.updates, self.who, data)
        update["callback_query"]["message"]["message_id"] = (
            (await self.rina.chat()).messages[-1].message_id
        )
        outgoing = await answered(self.jobs.desk, Update.de_json(update))
        shown = [one.screen.text for one in outgoing if hasattr(one, "screen")]
        return shown[-1] if shown else ""

    async def save(self, draft_id: int = 1) -> None:
        await self.press(encode_roster("save", draft_id))
        await self.jobs.done(NOW)


@asynccontextmanager
async def office(database: Database, who: int = COORDINATOR) -> AsyncIterator[Office]:
    async def nothing(*_: int) -> None:
        pass

    async with workbench() as bench:
        rina = await bench.telegram.create_person("Rina", person_id=who)
        await rina.start()
        outbox = Outbox(bench.bot, Hooks(nothing, nothing), Lanes())
        analyst = Analyst(CONFIG / "study.toml", CONFIG / "texts", database)
        yield Office(rina, AskedJobs(desk_on(database), outbox, analyst), database, who)


def training(connection: Connection, code: str = "MKD-2026-2") -> int:
    return save_roster(connection, STUDY, roster(0, code=code), SECRET, NOW).training_id


def names(connection: Connection) -> list[str]:
    return sorted(connection.execute(select(tables.people.c.name)).scalars())


def labels(message: MessageView) -> list[str]:
    return [button.label for row in message.rows for button in row]


def done(connection: Connection) -> list[str]:
    return [action for actor, action in audit.actions(connection) if actor != "operator"]


async def test_nothing_is_saved_before_the_tap_and_then_the_good_rows_are(database: Database):
    await database.run(training)
    async with office(database) as at:
        marked, preview = await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW, BAD_ROW)))
        assert await database.run(names) == []
        assert labels(preview) == ["Simpan 1", "Batal"]
        await at.save()
    assert await database.run(names) == ["Siti Aminah, S.E."]
    assert marked.file is not None
    assert marked.file.name == "kelas-masalah.xlsx"
    assert await database.run(done) == ["send file", "save roster"]


async def test_the_file_that_comes_back_opens_and_names_the_problem(database: Database):
    await database.run(training)
    async with office(database) as at:
        marked, _ = await at.send("kelas.csv", csv("Nama;NIP\nSiti;123\nCici;" + CICI))
        assert marked.file is not None
        content = await at.jobs.outbox.fetch(marked.file.file_id, 10**6)
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert str(sheet["C2"].value).startswith("NIP 123 berisi 3 digit")


async def test_of_several_trainings_the_colleague_chooses(database: Database):
    await database.run(training)
    other = await database.run(training, "ARS-1")
    async with office(database) as at:
        (asked,) = await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW)))
        assert "untuk pelatihan mana" in asked.text
        assert len(labels(asked)) == 3
        assert "choose the training first" in await at.press(encode_roster("save", 1))
        await at.press(encode_roster("aim", 1, other))
        (preview,) = await at.work()
        assert labels(preview) == ["Simpan 1", "Pelatihan lain", "Batal"]
        await at.save()
    query = select(tables.enrolments.c.training_id)
    assert await database.run(lambda c: list(c.execute(query).scalars())) == [other]


@pytest.mark.parametrize("caption", ["ARS-1", "untuk ars-1", "manajemen keuangan daerah angk. ii"])
async def test_the_caption_may_name_the_training(database: Database, caption: str):
    await database.run(training, "ARS-1")
    await database.run(partial(save_roster, study=STUDY, roster=roster(0, code="B", title="Lain"), secret=SECRET, now=NOW))  # fmt: skip
    async with office(database) as at:
        (preview,) = await at.send("a.xlsx", one_sheet((HEAD, SITI_ROW)), caption)
    assert preview.text.startswith("Daftar peserta Manajemen Keuangan Daerah")


async def test_what_changed_since_the_preview_is_shown_instead_of_saved(database: Database):
    training_id = await database.run(training)
    async with office(database) as at:
        await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW)))
        meanwhile = roster(participants=(participant(3, superior=None),))
        await database.run(save_roster, STUDY, meanwhile, SECRET, NOW)
        await at.press(encode_roster("save", 1))
        (again,) = await at.work()
        assert again.text.startswith("Data yang tersimpan berubah sejak pratinjau tadi")
        assert await database.run(names) == ["Peserta 3"]
        await at.save()
    assert await database.run(names) == ["Peserta 3", "Siti Aminah, S.E."]
    assert training_id


async def test_a_second_tap_saves_nothing_twice_and_a_later_one_says_so(database: Database):
    await database.run(training)
    async with office(database) as at:
        await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW)))
        assert "sedang disimpan" in await at.press(encode_roster("save", 1))
        assert await at.press(encode_roster("save", 1)) == ""
        assert await at.jobs.done(NOW) == 1
        assert "saved already" in await at.press(encode_roster("save", 1))


async def test_a_save_that_died_half_way_is_finished(database: Database):
    training_id = await database.run(training)
    async with office(database) as at:
        await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW)))
        await at.press(encode_roster("save", 1))
        # As it stands when the process dies among the pieces: one person is saved already.
        await database.run(roster_drafts.turn, 1, "writing")
        half = roster(participants=(participant(3, superior=None),))
        await database.run(save_roster, STUDY, half, SECRET, NOW)
        await at.jobs.done(NOW)
    assert "Siti Aminah, S.E." in await database.run(names)
    assert training_id


async def test_a_draft_whose_job_failed_can_be_saved_again_or_dropped(database: Database):
    await database.run(training)
    async with office(database) as at:
        await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW)))
        await database.run(roster_drafts.turn, 1, "saving")
        await at.save()
    assert await database.run(names) == ["Siti Aminah, S.E."]


async def test_a_list_that_names_its_training_opens_it_and_gives_it_to_who_sent_it(
    database: Database,
):
    await database.run(training, "ARS-1")
    await database.run(partial(stored.save, all_trainings=False, by=1, now=NOW), OF_ONE, "coordinator")  # fmt: skip
    async with office(database, OF_ONE) as at:
        (preview,) = await at.send("lengkap.xlsx", full_workbook())
        assert preview.text.startswith("Pelatihan baru: Manajemen Keuangan Daerah Angk. II")
        await at.save()
    row = await database.run(stored.of_chat, OF_ONE)
    assert row is not None
    assert len(row.trainings) == 1


async def test_a_list_for_a_colleagues_training_is_refused(database: Database):
    foreign = await database.run(training)
    await database.run(partial(stored.save, all_trainings=False, by=1, now=NOW), OF_ONE, "coordinator")  # fmt: skip
    async with office(database, OF_ONE) as at:
        (said,) = await at.send("lengkap.xlsx", full_workbook())
        assert said.text.startswith("Pelatihan itu tidak termasuk tugas Bapak/Ibu.")
        await at.press(encode_roster("aim", 1, foreign))
        await at.save()
    assert await database.run(names) == []
    assert "refused" in await database.run(done)


async def test_who_is_removed_between_preview_and_saving_saves_nothing(database: Database):
    training_id = await database.run(training)
    await database.run(partial(stored.save, all_trainings=False, by=1, now=NOW), OF_ONE, "coordinator")  # fmt: skip
    await database.run(stored.give, OF_ONE, training_id)
    async with office(database, OF_ONE) as at:
        await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW)))
        await at.press(encode_roster("save", 1))
        await database.run(stored.leave, OF_ONE, NOW)
        await at.jobs.done(NOW)
    assert await database.run(names) == []


async def test_of_a_draft_nothing_but_the_place_of_its_file_is_kept(database: Database):
    await database.run(training)
    async with office(database) as at:
        await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW)))
    row = (
        await database.run(lambda c: c.execute(select(draft_tables.roster_drafts)).one())
    )._asdict()
    assert "Siti" not in str(row)
    assert row["file_name"] == "kelas.xlsx"


async def test_somebody_elses_draft_is_nobodys(database: Database):
    await database.run(training)
    async with office(database) as at:
        await database.run(roster_drafts.keep, 777, "F", "a.xlsx", NOW)
        for action in ("save", "choose"):
            assert "no longer kept" in await at.press(encode_roster(action, 1))


# ---- five thousand -------------------------------------------------------------------------------


@pytest.fixture
def _swept() -> Iterator[None]:
    """As in the running bot (bot/__main__.py): no transaction waits while what was loaded at the start is swept."""
    gc.freeze()
    yield
    gc.unfreeze()


@dataclass
class Watch:
    """What each transaction took: of its thread's time, where other processes do not count, and by the clock up to its commit."""

    database: Database
    spent: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)

    async def run(self, function: Callable[..., object], /, *args: object, **kwargs: object):
        def timed(connection: Connection, *given: object, **named: object) -> object:
            begun = time.thread_time()
            try:
                return function(connection, *given, **named)
            finally:
                self.spent.append(time.thread_time() - begun)

        asked = time.monotonic()
        try:
            return await self.database.run(timed, *args, **kwargs)
        finally:
            self.held.append(time.monotonic() - asked)


def five_thousand() -> bytes:
    lines = ["No;Nama;NIP;Unit Kerja;Gol.;Jabatan;HP;Atasan Langsung;Jabatan Atasan"]
    for number in range(5000):
        born, began = (
            f"19{70 + number % 25}{number // 25 % 12 + 1:02}{number // 300 % 28 + 1:02}",
            "201503",
        )
        nip = f"{born}{began}{1 + number % 2}{901 + number % 90:03}"
        lines.append(
            f"{number + 1};Peserta {number};{nip};Dinas {number % 40};III/a;Analis;0812555{number:05};Atasan {number % 400};Kabid"
        )
    return csv("\n".join(lines))


@pytest.mark.usefixtures("_swept")
async def test_five_thousand_are_saved_in_short_transactions_with_progress(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    await database.run(training)
    monkeypatch.setattr(roster_clerk, "BETWEEN_PROGRESS", 0.05)
    watch = Watch(database)
    async with office(database) as at:
        at.jobs = replace(at.jobs, desk=replace(at.jobs.desk, run=watch.run))
        preview = (await at.send("besar.csv", five_thousand()))[-1]
        assert "Simpan 5000" in labels(preview)
        watch.spent.clear()
        watch.held.clear()
        await at.press(encode_roster("save", 1))
        await at.jobs.done(NOW)
        shown = (await at.rina.chat()).messages[-1]
        edits = [
            str(one.parameters)
            for one in await at.rina.client.calls()
            if one.method == "editMessageText"
        ]
    counted = select(func.count()).select_from(tables.enrolments).where(tables.enrolments.c.role == "participant")  # fmt: skip
    assert await database.run(lambda c: c.execute(counted).scalar_one()) == 5000
    assert max(watch.spent) < 0.05
    assert median(watch.held) < 0.05
    assert "tersimpan: 5000 peserta dan 400 atasan" in shown.text
    assert any("dari 5000 peserta" in one for one in edits)


CAME = csv("Nama;Unit Kerja\nSiti Aminah, S.E.;BPKAD\nBudi Santoso;RSUD")


def came_and_answered(connection: Connection) -> int:
    """Siti came to the class before its list was there."""
    training_id = training(connection)
    columns = {"name": "Siti Aminah", "unit": "Keuangan", "phone": ""}
    return walk_ins.add(connection, training_id, "walk-in-1", columns, NOW)


def enrolled(connection: Connection) -> list[tuple[str, str]]:
    query = select(tables.people.c.name, tables.enrolments.c.standing).join(tables.people)
    return sorted((row.name, row.standing) for row in connection.execute(query))


async def test_who_came_is_matched_with_a_row_of_that_name_only_after_it_was_said(
    database: Database,
):
    siti = await database.run(came_and_answered)
    async with office(database) as at:
        *_, preview = await at.send("kelas.csv", CAME)
        assert "Siti Aminah, S.E. (menulis unit: Keuangan) yang sudah datang" in preview.text
        assert "dicocokkan dengan baris 2" in preview.text
        assert labels(preview) == ["Simpan 2", "Simpan tanpa mencocokkan", "Batal"]
        await at.save()
    assert await database.run(enrolled) == [
        ("Budi Santoso", "listed"), ("Siti Aminah, S.E.", "listed"),
    ]  # fmt: skip
    query = select(tables.people.c.name).where(tables.people.c.id == siti)
    assert (await database.run(lambda connection: connection.execute(query).scalar_one())) == "Siti Aminah, S.E."  # fmt: skip


async def test_saved_without_matching_who_came_goes_on_waiting(database: Database):
    await database.run(came_and_answered)
    async with office(database) as at:
        await at.send("kelas.csv", CAME)
        await at.press(encode_roster("save", 1, APART))
        await at.jobs.done(NOW)
    assert await database.run(enrolled) == [
        ("Budi Santoso", "listed"), ("Siti Aminah", "walk_in"), ("Siti Aminah, S.E.", "listed"),
    ]  # fmt: skip


async def test_where_nobody_would_be_matched_there_is_nothing_to_choose(database: Database):
    await database.run(came_and_answered)
    async with office(database) as at:
        *_, preview = await at.send("kelas.xlsx", one_sheet((HEAD, SITI_ROW)))
        assert labels(preview) == ["Simpan 1", "Batal"]  # by NIP nobody is taken for another
        await at.save()
    assert ("Siti Aminah", "walk_in") in await database.run(enrolled)
