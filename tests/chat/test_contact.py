"""Connecting by sharing one's own phone number."""

import json

from bot.chat.sending import _markup
from bot.fieldwork.enrolment import class_token
from bot.store import accounts, walk_ins
from bot.store.database import Database
from tests.chat.office_phones import Phones, _message
from tests.chat.staff_desk import COORDINATOR, desk_on
from tests.fieldwork.office import (
    FIRST_CHAT,
    SECRET,
    import_class,
    open_round,
    participant,
    people,
    roster,
    wib,
)

ME, NUMBER, SHARED = 901, "+6281155500007", "6281155500007"  # Telegram leaves the plus out


async def at_the_door(database: Database, *numbers: str, connected: int = 0):
    listed = tuple(participant(place, phone=number) for place, number in enumerate(numbers))
    training_id = await database.run(import_class, roster(participants=listed), connected=connected)
    await database.run(open_round, training_id, "post_training", now=wib("2026-10-16 13:00"))
    phones = Phones(desk_on(database, wib("2026-10-16 14:00")))
    await phones.write(ME, f"/start {class_token(SECRET, training_id)}")
    await phones.tap(ME, "Cocokkan nomor HP saya")
    return phones, training_id


async def share(phones: Phones, number: str = SHARED, owner: int | None = ME, **more) -> str:
    contact = {"phone_number": number, "first_name": "Orang"} | (
        {"user_id": owner} if owner else {}
    )
    return await phones.update(ME, {"message": {**_message(ME), "contact": contact, **more}})


async def test_the_own_number_on_the_list_connects_at_once(database: Database):
    phones, training_id = await at_the_door(database, "", NUMBER)
    assert "bersedia" in await share(phones)
    _, second = await database.run(people, training_id)
    found = await database.run(accounts.of_person, second)
    assert found is not None
    assert found.chat_id == ME


async def test_the_question_has_a_key_that_sends_the_number(database: Database):
    phones, _ = await at_the_door(database, NUMBER)
    markup = json.loads(_markup(phones.screens[ME][-1]))
    assert markup["keyboard"][0][0]["request_contact"] is True


async def test_the_contact_of_somebody_else_connects_nobody(database: Database):
    phones, training_id = await at_the_door(database, NUMBER)
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "Orang"}
    for shown in (
        await share(phones, owner=ME + 1),
        await share(phones, owner=None),
        await share(phones, forward_origin=origin),
    ):
        assert "kontak orang lain" in shown
    (person,) = await database.run(people, training_id)
    assert await database.run(accounts.of_person, person) is None


async def test_a_number_that_is_not_on_the_list_leads_to_the_names(database: Database):
    phones, _ = await at_the_door(database, "+6281155500001")
    assert "belum tercatat" in await share(phones)
    await phones.tap(ME, "Pilih nama saya")
    await phones.write(ME, "pes")
    await phones.tap(ME, "Peserta 0")
    assert "bersedia" in await phones.write(ME, "26/09/1986")


async def test_a_number_that_two_have_proves_nothing(database: Database):
    phones, _ = await at_the_door(database, NUMBER, NUMBER)
    assert "belum tercatat" in await share(phones)


async def test_the_number_of_a_walk_in_is_kept_for_the_match(database: Database):
    phones, training_id = await at_the_door(database, "+6281155500001")
    await share(phones)
    await phones.tap(ME, "Saya tidak ada")
    await phones.write(ME, "Budi Santoso")
    await phones.write(ME, "BPKAD")
    (came,) = await database.run(walk_ins.waiting, training_id)
    assert came.phone == NUMBER


async def test_a_number_whose_owner_has_another_account_asks_to_be_moved(database: Database):
    phones, _ = await at_the_door(database, NUMBER, connected=1)
    assert "sudah kami teruskan" in await share(phones)
    assert "minta dipindahkan" in phones.text(COORDINATOR)
    assert phones.text(FIRST_CHAT) == ""


async def test_a_contact_without_a_class_is_answered_with_what_to_do(database: Database):
    phones = Phones(desk_on(database))
    assert "pindai" in await share(phones)
