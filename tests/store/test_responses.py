import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select

from bot.errors import StaleResponse
from bot.store import dispositions as stored_dispositions
from bot.store import issued as stored_issued
from bot.store import questionnaires, responses, tables
from bot.store.database import Database
from bot.store.issued import Issued
from bot.store.responses import OpenResponse
from bot.survey.record import Answer, Recorded, Response, Tap, Turn
from bot.survey.response import answer, begin
from tests.fieldwork.field import NOW, classroom, later, questionnaire, response_of


def one(connection: Connection) -> OpenResponse:
    _, (person_id,), _ = classroom(connection)
    return response_of(connection, person_id)


def saved(connection: Connection, before: OpenResponse, turn: Turn) -> OpenResponse:
    responses.save(connection, before.response, turn, NOW)
    found = responses.open_for(connection, before.response.id, before.person_id)
    assert found is not None
    return found


def dispositions(connection: Connection) -> list[str]:
    rows = connection.execute(
        select(tables.disposition_history.c.disposition).order_by(tables.disposition_history.c.id)
    )
    return list(rows.scalars())


def test_issuing_twice_leaves_one_response_as_it_was(connection: Connection):
    found = one(connection)
    issued = Issued(found.round_id, found.person_id, found.questionnaire_id, 99, {"x": "y"})
    assert stored_issued.insert_all(connection, [issued], later(days=1)) == 0
    again = response_of(connection, found.person_id)
    assert (again.response.seed, again.response.hidden) == (
        found.response.seed,
        found.response.hidden,
    )


def test_issuing_nobody_is_no_mistake(connection: Connection):
    assert stored_issued.insert_all(connection, [], NOW) == 0


def test_a_response_knows_its_round_and_training(connection: Connection):
    found = one(connection)
    assert found.round_kind == "post_training"
    assert found.training_title == "Manajemen Keuangan Daerah Angk. II"
    assert not found.closed(NOW)
    assert found.closed(later(days=60))


def test_a_response_opens_for_its_own_person_only(connection: Connection):
    found = one(connection)
    assert responses.open_for(connection, found.response.id, found.person_id) == found
    assert responses.open_for(connection, found.response.id, found.person_id + 1) is None
    assert responses.open_for(connection, 10**9, found.person_id) is None


def test_what_is_saved_is_what_is_loaded(connection: Connection):
    found = one(connection)
    turn = begin(questionnaire(), found.response, NOW)
    found = saved(connection, found, turn)
    assert found.response == turn.response
    tap = Tap("choose", "a01", found.response.revision, "setuju")
    turn = answer(questionnaire(), found.response, tap, later(seconds=7))
    found = saved(connection, found, turn)
    assert found.response == turn.response
    assert found.response.answers["a01"].seconds == 7


def test_what_an_edit_replaced_is_history(connection: Connection):
    found = one(connection)
    first = Answer("a01", "tidak", at=NOW)
    second = Answer("a01", "lain", other="Tertulis", revised=1, at=later(minutes=1))
    held = replace(found.response, answers={"a01": first}, revision=1)
    found = saved(connection, found, Turn(held, any_prompt(), (Recorded(first),)))
    changed = replace(held, answers={"a01": second}, revision=2)
    saved(connection, found, Turn(changed, any_prompt(), (Recorded(second, first),)))
    (row,) = responses.history_of(connection, found.response.id)
    assert (row["value"], row["answered_at"], row["replaced_at"]) == ("tidak", NOW, NOW)


def test_an_answer_no_longer_applicable_leaves_the_data_for_the_history(connection: Connection):
    found = one(connection)
    first = Answer("a03", "12", at=NOW)
    held = replace(found.response, answers={"a03": first}, revision=1)
    found = saved(connection, found, Turn(held, any_prompt(), (Recorded(first),)))
    without = replace(held, answers={}, revision=2)
    found = saved(connection, found, Turn(without, any_prompt(), dropped=(first,)))
    assert not found.response.answers
    assert [row["item"] for row in responses.history_of(connection, found.response.id)] == ["a03"]


def test_an_overtaken_save_is_stale(connection: Connection):
    found = one(connection)
    turn = begin(questionnaire(), found.response, NOW)
    responses.save(connection, found.response, turn, NOW)
    with pytest.raises(StaleResponse):
        responses.save(connection, found.response, turn, NOW)


def test_every_change_of_the_disposition_is_noted_once(connection: Connection):
    found = one(connection)
    for disposition in ("invited", "invited", "noncontact"):
        stored_dispositions.dispose(connection, found.response.id, disposition, NOW)
    assert dispositions(connection) == ["invited", "noncontact"]


def test_a_settled_response_is_closed(connection: Connection):
    found = one(connection)
    stored_dispositions.settle(connection, found.response.id, "break_off", NOW)
    again = response_of(connection, found.person_id).response
    assert (again.stage, again.disposition) == ("closed", "break_off")
    assert again.revision == found.response.revision + 1


def test_all_of_a_round_come_in_order(connection: Connection):
    _, people, round_id = classroom(connection, "Siti Aminah", "Budi Santoso")
    found = responses.of_round(connection, round_id)
    assert [each.person_id for each in found] == people


async def test_two_who_answer_at_once_are_both_heard(database: Database):
    """The second sees what the first left, or is tried again: nothing is lost, nothing overwritten."""
    found = await database.run(one)

    def append(connection) -> None:
        held = responses.open_for(connection, found.response.id, found.person_id)
        assert held is not None
        name = f"x{held.response.revision}"
        given = Answer(name, "1", at=NOW)
        after = replace(
            held.response,
            answers={**held.response.answers, name: given},
            revision=held.response.revision + 1,
        )
        responses.save(
            connection, held.response, Turn(after, any_prompt(), (Recorded(given),)), NOW
        )

    await asyncio.gather(*(database.run(append) for _ in range(8)))
    after = await database.run(response_of, found.person_id)
    assert set(after.response.answers) == {f"x{revision}" for revision in range(8)}


def any_prompt():
    """A turn needs a prompt; saving does not look at it."""
    form = questionnaire()
    return begin(form, Response(1, form.name, form.version), NOW).prompt


def test_the_questionnaire_of_a_response_is_the_one_its_round_fixed(connection: Connection):
    found = one(connection)
    newer = replace(questionnaire(), version="2")
    questionnaires.keep(connection, newer, NOW)
    assert questionnaires.of_id(connection, found.questionnaire_id).version == "1"
