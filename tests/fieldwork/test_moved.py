"""An alumnus moves: who is asked what before and after the office has confirmed the superior."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from sqlalchemy import Connection, select

from bot.errors import FieldworkError
from bot.fieldwork import answering, confirming, rounds
from bot.fieldwork.confirming import Waiting, read_superior
from bot.fieldwork.conversation import attend
from bot.fieldwork.records import Notify, Outcome
from bot.fieldwork.staff import Event, Named
from bot.fieldwork.tapping import Tapped
from bot.store import contacts, responses, tables
from tests.fieldwork.duties import duty_at
from tests.fieldwork.field import (
    CHAT,
    NOW,
    STUDY,
    add_person,
    add_training,
    attended,
    connect,
    enrol,
    keys,
    open_round,
    planned_contacts,
    visit,
)
from tests.survey.forms import form, item, options

COORDINATOR = 31
_FORM = form(
    item("b01", required=True, options=options("tetap", "unit", unit={"extra": {"update_superior": "yes"}})),
    item("b02", required=True, options=options("ya", "tidak")),
    name="followup_alumni",
)  # fmt: skip
FORM = replace(_FORM, version="moved")  # a version is read once a process: not that of other tests
NEW = "Drs. Budi Santoso; Camat Rimbo Tengah"


class Class:
    """Two alumni of one superior; the first sees the question whether they moved."""

    def __init__(self, connection: Connection):
        self.connection = connection
        self.training = add_training(connection)
        self.superior = add_person(connection, "Ratna Dewi", position="Kepala Bidang")
        self.alumnus, self.other = (add_person(connection, name) for name in ("Ahmad", "Siti"))
        for one in (self.alumnus, self.other):
            enrol(connection, self.training, one)
            enrol(connection, self.training, self.superior, "superior", about=one)
        connect(connection, self.alumnus)
        self.round = open_round(connection, self.training, "followup_alumni", FORM)
        attended(connection, partial(answering.agree, round_id=self.round, more=""))

    def says(self, code: str) -> Outcome:
        (mine,) = responses.of_person(self.connection, self.alumnus)
        place = list(FORM.named).index("b01")
        tapped = Tapped(mine.response.id, place, mine.response.revision, "choose", code)
        named = Named(coordinators=frozenset({COORDINATOR}))
        act = partial(answering.tap, tapped=tapped)
        return attend(self.connection, replace(visit(CHAT), named=named), act)

    def superiors_are_asked(self) -> set[tuple[int, int]]:
        """(superior, alumnus) of what is issued, also from before."""
        if not self.opened():
            open_round(self.connection, self.training, "followup_superior")
        query = select(tables.responses.c.person_id, tables.responses.c.about_id)
        rows = self.connection.execute(query.where(tables.responses.c.about_id > 0))
        return {(row.person_id, row.about_id) for row in rows}

    def opened(self) -> bool:
        query = select(tables.rounds.c.opened_at).where(tables.rounds.c.kind == "followup_superior")
        return self.connection.execute(query).scalar() is not None


def told(outcome: Outcome) -> list[Notify]:
    return [one for one in outcome.reactions if isinstance(one, Notify)]


def confirm(at: Class, event: Event[Waiting]) -> Waiting:
    return event(at.connection, duty_at(at.connection, at.training, NOW))


def test_the_coordinator_is_asked_and_the_alumnus_told(connection: Connection):
    outcome = Class(connection).says("unit")
    (note,) = told(outcome)
    assert (note.chat_id, note.key, note.about) == (COORDINATOR, "atasan_dipastikan", "superior")
    assert keys(replace(outcome, reactions=outcome.reactions[:1])) == ["atasan_akan_dipastikan"]


def test_who_stayed_brings_no_question(connection: Connection):
    assert not told(Class(connection).says("tetap"))


def test_nothing_goes_to_the_former_superior_meanwhile(connection: Connection):
    at = Class(connection)
    at.says("unit")
    assert at.superiors_are_asked() == {(at.superior, at.other)}


def test_what_was_issued_and_not_begun_is_withdrawn(connection: Connection):
    at = Class(connection)
    assert len(at.superiors_are_asked()) == 2
    at.says("unit")
    assert at.superiors_are_asked() == {(at.superior, at.other)}


def test_a_list_read_again_in_between_asks_nobody(connection: Connection):
    at = Class(connection)
    at.says("unit")
    at.superiors_are_asked()
    rounds.issue_newcomers(connection, STUDY, at.training, NOW)
    assert at.superiors_are_asked() == {(at.superior, at.other)}


def test_the_same_superior_is_asked_once_confirmed(connection: Connection):
    at = Class(connection)
    at.says("unit")
    at.superiors_are_asked()
    done = confirm(at, partial(confirming.keep, alumnus_id=at.alumnus))
    assert (done.settled, done.unsure) == ("Ahmad", ())
    assert at.superiors_are_asked() == {(at.superior, at.alumnus), (at.superior, at.other)}


def test_a_new_superior_is_asked_in_the_place_of_the_former(connection: Connection):
    at = Class(connection)
    at.says("unit")
    at.superiors_are_asked()
    confirm(at, partial(confirming.take_new, alumnus_id=at.alumnus, text=NEW))
    asked = at.superiors_are_asked()
    assert (at.superior, at.alumnus) not in asked
    (new,) = {superior for superior, alumnus in asked if alumnus == at.alumnus}
    found = connection.execute(select(tables.people).where(tables.people.c.id == new)).one()
    assert (found.name, found.position) == ("Drs. Budi Santoso", "Camat Rimbo Tengah")


def test_nobody_is_asked_when_the_office_says_so(connection: Connection):
    at = Class(connection)
    at.says("unit")
    confirm(at, partial(confirming.nobody, alumnus_id=at.alumnus))
    assert at.superiors_are_asked() == {(at.superior, at.other)}


@pytest.mark.parametrize(("settle", "still_asked"), [(confirming.keep, 1), (confirming.nobody, 0)])
def test_peers_go_on_unless_nobody_is_to_be_asked(
    connection: Connection, settle: Event[Waiting], still_asked: int
):
    at = Class(connection)
    peer = add_person(connection, "Dodi Putra")
    enrol(connection, at.training, peer, "peer", about=at.alumnus)
    open_round(connection, at.training, "followup_peer")
    at.says("unit")
    assert len(responses.of_person(connection, peer)) == 1
    confirm(at, partial(settle, alumnus_id=at.alumnus))
    assert len(responses.of_person(connection, peer)) == still_asked


def test_a_second_colleague_settles_nothing_twice(connection: Connection):
    at = Class(connection)
    at.says("unit")
    confirm(at, partial(confirming.keep, alumnus_id=at.alumnus))
    with pytest.raises(FieldworkError):
        confirm(at, partial(confirming.nobody, alumnus_id=at.alumnus))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Budi", ("Budi", None, "", "")),
        (NEW, ("Drs. Budi Santoso", None, "Camat Rimbo Tengah", "")),
        (
            "Budi\nCamat\nNIP 19860926 201505 1 999\n0811-5550-0010",
            ("Budi", "198609262015051999", "Camat", "+6281155500010"),
        ),
        ("Budi; 123456789012345678", "nip_lahir"),
        ("081155500010", "atasan_baru_tak_terbaca"),
        ("", "atasan_baru_tak_terbaca"),
    ],
)
def test_a_superior_is_read_as_people_write_one(text: str, found: tuple | str):
    try:
        read = read_superior(text, date(2027, 2, 3))
        said: tuple | str = (
            read.name, read.nip.digits if read.nip else None, read.position, read.phone,
        )  # fmt: skip
    except FieldworkError as refused:
        said = refused.text_key
    assert said == found


@pytest.mark.parametrize(
    ("why", "state"),
    [("nothing outstanding", "planned"), ("complete", "planned"), ("asked to stop", "cancelled")],
)
def test_who_was_through_or_waited_is_written_to_again_but_never_against_their_wish(
    connection: Connection, why: str, state: str
):
    at = Class(connection)
    connect(connection, at.superior, chat_id=800)
    at.superiors_are_asked()
    at.says("unit")
    (round_id,) = connection.execute(
        select(tables.rounds.c.id).where(tables.rounds.c.kind == "followup_superior")
    ).scalars()
    contacts.cancel_planned(connection, round_id, why, at.superior)
    confirm(at, partial(confirming.keep, alumnus_id=at.alumnus))
    assert planned_contacts(connection, at.superior) == [state]
