"""A paper from the tap to the PDF: the real ticker, the real child process, a Bot API server over HTTP."""

from dataclasses import replace

from sqlalchemy import Connection

from bot.chat.class_buttons import class_data
from bot.fieldwork import papers
from bot.fieldwork.paper_facts import COPIES, Paper
from bot.fieldwork.staff import Named, StaffVisit
from bot.paper_jobs import PaperJobs
from bot.papers.facts import FormFacts, code_facts, form_facts
from bot.store import jobs
from bot.store.database import Database
from bot.survey.questionnaire_json import from_json
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, NOW, desk_on, labels_of
from tests.fieldwork.office import (
    CONFIG,
    SECRET,
    STUDY,
    import_class,
    open_round,
    participant,
    roster,
    round_of,
    wib,
)
from tests.ticker_bench import bench

HELD = wib("2026-10-16 14:00")


async def test_opening_a_class_brings_the_sheet_for_the_wall(database: Database):
    phones = Phones(desk_on(database))
    await phones.write(COORDINATOR, "/bukakelas Pelayanan Publik Angkatan III")
    await phones.tap(COORDINATOR, "Besok")
    assert phones.desk.job_asked.is_set()
    async with bench(database, frozenset({COORDINATOR})) as at:
        assert (await at.tick(NOW)).jobs == 1
        ((method, call),) = at.telegram.calls
    assert (method, call["chat_id"]) == ("sendDocument", str(COORDINATOR))
    assert "Lembar kelas <b>Pelayanan Publik Angk. III</b>" in call["caption"]


async def test_it_is_printed_again_from_the_details(database: Database):
    training_id = await database.run(import_class)
    phones = Phones(desk_on(database))
    await phones.press(COORDINATOR, f"k:detail:{training_id}")
    await phones.tap(COORDINATOR, "Cetak (PDF)")
    assert "menyusul" in await phones.tap(COORDINATOR, "Lembar kelas")
    found = await asked(phones)
    assert [one.filename for one in found] == ["lembar-kelas-MKD-2026-2.pdf"]
    assert found[0].content.startswith(b"%PDF-")


async def test_the_same_update_again_draws_it_once(database: Database):
    training_id = await database.run(import_class)
    phones = Phones(desk_on(database))
    for _ in range(2):
        await phones.press(COORDINATOR, class_data("printclass", training_id), number=1)
    assert await database.run(jobs.claim, HELD, HELD) is not None
    assert await database.run(jobs.claim, HELD, HELD.replace(year=2000)) is None


async def test_who_has_left_meanwhile_gets_no_paper(database: Database):
    training_id = await database.run(import_class)
    phones = Phones(desk_on(database))
    await phones.press(COORDINATOR, class_data("printclass", training_id))
    assert await asked(phones, Named()) == []


async def test_a_blank_questionnaire_is_printed_where_sheets_are_keyed_in(database: Database):
    phones, training_id = await class_that_is_asked(database, connected=3)
    await phones.press(COORDINATOR, class_data("keyin", training_id))
    await phones.tap(COORDINATOR, "Cetak kuesioner")
    assert not [one for one in labels_of(phones.screens[COORDINATOR][-1]) if "Bernama" in one]
    await phones.tap(COORDINATOR, "Kuesioner kosong: Evaluasi akhir")
    assert questions_of(await facts_of(phones)) == ["q1", "q2", "saran"]


async def test_who_has_no_account_gets_a_sheet_with_name_and_own_questions(database: Database):
    phones, training_id = await class_that_is_asked(database, connected=1)
    await phones.press(COORDINATOR, class_data("papers", training_id))
    await phones.tap(COORDINATOR, "Bernama, 2 orang")
    found = await facts_of(phones)
    assert [copy.name for copy in found.copies] == ["Peserta 1", "Peserta 2"]
    assert {copy.hidden["instruktur_1"] for copy in found.copies} == {"Hasan", "Rosmalina"}


async def test_what_each_person_is_asked_differently_is_left_open_on_a_blank_sheet(
    database: Database,
):
    phones, training_id = await class_that_is_asked(database, connected=3)
    round_id = (await database.run(round_of, training_id, "post_training")).id
    await phones.press(COORDINATOR, class_data("printblank", training_id, round_id))
    (copy,) = (await facts_of(phones)).copies
    assert copy.written == ("instruktur_1", "instruktur_2")
    assert copy.hidden["kompetensi_1"] == "menyusun SPJ"
    assert copy.hidden["nama_pelatihan"] == "Manajemen Keuangan Daerah Angk. II"


async def test_when_everybody_has_an_account_there_is_no_sheet_by_name(database: Database):
    phones, training_id = await class_that_is_asked(database, connected=3)
    round_id = (await database.run(round_of, training_id, "post_training")).id
    shown = await phones.press(COORDINATOR, class_data("printnamed", training_id, round_id))
    assert "tidak ada lembar bernama" in shown
    assert await asked(phones) == []


async def test_a_round_of_another_training_or_one_that_is_over_is_not_printed(database: Database):
    phones, training_id = await class_that_is_asked(database, connected=0)
    other = await database.run(import_class, roster(code="X-1", title="Lain"), connected=0)
    round_id = (await database.run(round_of, training_id, "post_training")).id
    for where in (other, 4711):
        shown = await phones.press(COORDINATOR, class_data("printblank", where, round_id))
        assert "tidak" in shown
    late = Phones(desk_on(database, wib("2026-11-30 09:00")))
    shown = await late.press(COORDINATOR, class_data("printblank", training_id, round_id))
    assert "tidak dapat diisikan" in shown
    assert await asked(phones) == []


async def test_many_copies_come_in_several_files(database: Database):
    listed = tuple(participant(n, superior=None) for n in range(COPIES + 1))
    training_id = await database.run(import_class, roster(participants=listed), connected=0)
    await database.run(open_round, training_id, "post_training", now=HELD)
    found = await database.run(printed, training_id)
    assert [(one.copies, one.part) for one in found] == [(COPIES, 1), (1, 2)]


async def test_code_slips_are_for_who_has_no_phone_number_or_for_all_not_connected(
    database: Database,
):
    listed = (participant(0, phone="+6281155500003"), participant(1), participant(2))
    training_id = await database.run(import_class, roster(participants=listed), connected=0)
    phones = Phones(desk_on(database, HELD))
    for label, names in (("2 tanpa nomor HP", {"Peserta 1", "Peserta 2"}), ("semua 3", {"Peserta 0", "Peserta 1", "Peserta 2"})):  # fmt: skip
        await phones.press(COORDINATOR, class_data("papers", training_id))
        await phones.tap(COORDINATOR, label)
        slips = code_facts(await paper_of(phones)).slips
        assert {one.name for one in slips} == names
    one = slips[0]
    code = one.code.replace("-", "")
    assert one.link == f"https://t.me/bungo_test_bot?start=c{code}"
    assert "terhubung sebagai Peserta 0" in await phones.write(901, one.code)


def printed(connection: Connection, training_id: int) -> tuple[Paper, ...]:
    """By name."""
    round_id = round_of(connection, training_id, "post_training").id
    visit = StaffVisit(STUDY, COORDINATOR, 1, HELD, Named(frozenset({COORDINATOR})), secret=SECRET)
    asked_for = {"paper": "named", "training": training_id, "round": round_id}
    return papers.papers(connection, visit, asked_for, "bungo_test_bot")


async def class_that_is_asked(database: Database, connected: int) -> tuple[Phones, int]:
    training_id = await database.run(import_class, roster(size=3), connected=connected)
    await database.run(open_round, training_id, "post_training", now=HELD)
    return Phones(desk_on(database, HELD)), training_id


async def facts_of(phones: Phones) -> FormFacts:
    return form_facts(await paper_of(phones))


async def paper_of(phones: Phones) -> str:
    """What would stand on the one paper that was asked for."""
    desk = phones.desk
    visit = StaffVisit(STUDY, COORDINATOR, 0, HELD, desk.named, secret=SECRET)
    job = await desk.run(jobs.claim, HELD, HELD)
    (found,) = await desk.run(papers.papers, visit, job.arguments, desk.bot_username)
    await desk.run(jobs.settle, job.id, "done", "", HELD)
    return found.facts


def questions_of(facts: FormFacts) -> list[str]:
    return [one.name for one in from_json(facts.form).asked()]


async def asked(phones: Phones, named: Named | None = None) -> list:
    """What the jobs that wait make of it."""
    desk, made = phones.desk, []
    if named is not None:
        desk = replace(desk, named=named)
    while (job := await desk.run(jobs.claim, HELD, HELD)) is not None:
        outgoing, state = await PaperJobs(desk, CONFIG / "texts").made(job, HELD)
        await desk.run(jobs.settle, job.id, state, "", HELD)
        made += outgoing
    return made
