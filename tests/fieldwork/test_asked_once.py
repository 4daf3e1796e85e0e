from dataclasses import replace
from functools import partial

from sqlalchemy import Connection, select

from bot.fieldwork import answering
from bot.fieldwork.tapping import Tapped
from bot.store import responses, tables
from bot.survey.questionnaire import Questionnaire
from tests.fieldwork.field import (
    add_person,
    add_training,
    attended,
    connect,
    enrol,
    keys,
    open_round,
)
from tests.survey.forms import form, item, options

_FORM: Questionnaire = form(
    item("pertama", "hidden"),
    item(
        "c01", required=True, options=options("sering", "bukan", bukan={"end": "ineligible"})
    ),
    item("c07", required=True, options=options("ada", "belum"), once_per_respondent=True),
    item("c08", required=True, options=options("ada", "belum"), once_per_respondent=True),
    name="followup_superior",
)  # fmt: skip
FORM = replace(_FORM, version="once")  # a version is read once a process: not that of other tests


def superior_of(connection: Connection, alumni: int = 2) -> list[int]:
    """The responses of a superior who agreed and sees the first question about the first alumnus."""
    training_id = add_training(connection)
    superior = add_person(connection, "Ratna Dewi", position="Kepala Bidang")
    for number in range(alumni):
        alumnus = add_person(connection, f"Alumnus {number}")
        enrol(connection, training_id, alumnus)
        enrol(connection, training_id, superior, "superior", about=alumnus)
    connect(connection, superior)
    round_id = open_round(connection, training_id, "followup_superior", FORM)
    attended(connection, partial(answering.agree, round_id=round_id, more=""))
    return [one.response.id for one in responses.of_person(connection, superior)]


def take(connection: Connection, response_id: int) -> list[str]:
    return list(keys(attended(connection, partial(answering.take, response_id=response_id))))


def choose(connection: Connection, response_id: int, item_name: str, code: str) -> list[str]:
    revision = connection.execute(
        select(tables.responses.c.revision).where(tables.responses.c.id == response_id)
    ).scalar_one()
    tapped = Tapped(response_id, list(FORM.named).index(item_name), revision, "choose", code)
    return list(keys(attended(connection, partial(answering.tap, tapped=tapped))))


def rate(connection: Connection, response_id: int, *, asks_unit: bool) -> None:
    """From the first question to the thanks; fails when the unit is (not) asked about against expectation."""
    assert take(connection, response_id)[-1] == "card:c01"
    shown = choose(connection, response_id, "c01", "sering")
    assert ("card:c07" in shown) == asks_unit, shown
    if asks_unit:
        choose(connection, response_id, "c07", "ada")
        shown = choose(connection, response_id, "c08", "ada")
    assert shown[0].startswith("terima_kasih")


def test_the_unit_is_asked_about_with_the_first_alumnus_only(connection: Connection):
    first, second, third = superior_of(connection, 3)
    rate(connection, first, asks_unit=True)
    rate(connection, second, asks_unit=False)
    rate(connection, third, asks_unit=False)


def test_whichever_alumnus_is_taken_first_carries_the_unit(connection: Connection):
    first, second = superior_of(connection)
    rate(connection, second, asks_unit=True)
    rate(connection, first, asks_unit=False)


def test_after_not_my_subordinate_the_unit_is_asked_about_with_the_next(connection: Connection):
    first, second, third = superior_of(connection, 3)
    assert choose(connection, first, "c01", "bukan")[0] == "tidak_memenuhi_syarat"
    rate(connection, second, asks_unit=True)
    rate(connection, third, asks_unit=False)


def test_what_was_left_before_the_unit_hands_it_on(connection: Connection):
    first, second = superior_of(connection)
    choose(connection, first, "c01", "sering")
    rate(connection, second, asks_unit=True)
    assert take(connection, first)[-1].startswith("terima_kasih")


def test_what_was_left_amid_the_unit_keeps_it(connection: Connection):
    first, second = superior_of(connection)
    choose(connection, first, "c01", "sering")
    choose(connection, first, "c07", "ada")
    rate(connection, second, asks_unit=False)
    assert take(connection, first)[-1] == "card:c08"
