"""A file that staff send and nobody can read as a list is answered with what to do, and with the way out."""

import pytest

from bot.fieldwork import reporting
from bot.store.database import Database
from tests.chat.staff_desk import COORDINATOR, NOW, STRANGER
from tests.chat.test_forms import DOCUMENT, phone_of

PHOTO = {"photo": [{"file_id": "P", "file_unique_id": "p", "width": 90, "height": 90}]}


@pytest.mark.parametrize("content", [PHOTO, {"document": {**DOCUMENT, "file_name": "daftar.pdf"}}])
async def test_a_photo_or_a_pdf_of_the_list_gets_the_remedy_and_the_way_out(
    database: Database, content: dict[str, object]
):
    phone = phone_of(database, COORDINATOR)
    await phone.send(content)
    assert "Buka kelas dulu, daftar menyusul" in phone.text
    assert phone.labels(max(phone.messages)) == ["Buka kelas tanpa daftar"]
    assert await database.run(reporting.claim_job, NOW) is None


async def test_a_photo_of_anybody_else_is_no_list(database: Database):
    phone = phone_of(database, STRANGER)
    await phone.send(PHOTO)
    assert "daftar menyusul" not in phone.text


async def test_the_caption_goes_with_the_job(database: Database):
    phone = phone_of(database, COORDINATOR)
    await phone.send({"document": DOCUMENT, "caption": "MKD-2026-2"})
    job = await database.run(reporting.claim_job, NOW)
    assert job is not None
    assert job.arguments["caption"] == "MKD-2026-2"
