"""A paper from the tap to the PDF: the real ticker, the real child process, a Bot API server over HTTP."""

from dataclasses import replace

from bot.chat.class_buttons import class_data
from bot.fieldwork.staff import Named
from bot.paper_jobs import PaperJobs
from bot.store import jobs
from bot.store.database import Database
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import COORDINATOR, NOW, desk_on
from tests.fieldwork.office import CONFIG, import_class
from tests.test_ticker import bench


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
    assert len(await asked(phones)) == 1


async def test_who_has_left_meanwhile_gets_no_paper(database: Database):
    training_id = await database.run(import_class)
    phones = Phones(desk_on(database))
    await phones.press(COORDINATOR, class_data("printclass", training_id))
    assert await asked(phones, Named()) == []


async def asked(phones: Phones, named: Named | None = None) -> list:
    """What the jobs that wait make of it."""
    desk, made = phones.desk, []
    if named is not None:
        desk = replace(desk, named=named)
    while (job := await desk.run(jobs.claim, NOW, NOW)) is not None:
        outgoing, state = await PaperJobs(desk, CONFIG / "texts").made(job, NOW)
        await desk.run(jobs.settle, job.id, state, "", NOW)
        made += outgoing
    return made
