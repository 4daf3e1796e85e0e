"""Interviews: who is selected and invited, and what the office may see of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from bot.errors import NothingOpen
from bot.fieldwork import calling, explaining, interview_pages, interviews, ledger, rounds
from bot.fieldwork.permits import Staff
from bot.fieldwork.records import Notify
from bot.fieldwork.staff import Duty, Named, StaffVisit
from bot.fieldwork.timetables import training_of
from bot.store import cases, personal_data, questionnaires, responses, tables
from bot.survey.case_selection import INTERVIEW
from tests.fieldwork.field import attended
from tests.fieldwork.office import (
    FIRST_CHAT,
    SECRET,
    STUDY,
    dispositions,
    import_class,
    open_round,
    participant,
    people,
    roster,
    round_of,
    send_due,
    wib,
)
from tests.survey.forms import form, item, options

OFFICE = 501
NOW = wib("2027-01-14 08:30")
LATER = wib("2027-02-08 09:00")  # a Monday, the follow-up has closed
SCORED = form(
    item("b02", required=True, scm="frekuensi", options=options("jarang", "sering", sering={"score": 4}, jarang={"score": 0})),
    item("b03", scm="hasil", options=options("jelas", jelas={"score": 3})),
    item("b19", options=options("ya", "tidak")),
    name="followup_alumni",
)  # fmt: skip
GOOD = {"b02": "sering", "b03": "jelas", "b19": "ya"}
POOR = {"b02": "jarang", "b19": "ya"}
UNWILLING = {"b02": "sering", "b03": "jelas", "b19": "tidak"}


def duty(
    connection: Connection, training_id: int, *, now: datetime = LATER, first: bool = True
) -> Duty:
    visit = StaffVisit(STUDY, OFFICE, 1, now, Named(frozenset(), frozenset({OFFICE})), "", SECRET)
    who = Staff(OFFICE, "coordinator", all_trainings=True)
    return Duty(visit, who, "id", first, training_of(connection, training_id))


def followed(connection: Connection, *given: dict[str, str]) -> int:
    """A class whose follow-up everybody answered so, and whose round has closed."""
    size = len(given)
    training_id = import_class(
        connection,
        roster(participants=tuple(participant(n, unit=f"Unit {n}") for n in range(size))),
    )
    questionnaires.keep(connection, replace(SCORED, version="2"), NOW)
    round_id = open_round(connection, training_id, now=NOW)
    for found, values in zip(responses.of_round(connection, round_id), given, strict=True):
        for name, value in values.items():
            connection.execute(
                tables.answers.insert().values(
                    response_id=found.response.id, item=name, value=value, missing="", other="",
                    revised=0, at=NOW,
                )
            )  # fmt: skip
        connection.execute(
            tables.responses.update()
            .where(tables.responses.c.id == found.response.id)
            .values(begun_at=NOW, completed_at=NOW, disposition="complete", stage="done")
        )
    while rounds.settle_some(connection, STUDY, round_id, LATER):
        pass
    return training_id


def chosen(connection: Connection, training_id: int) -> dict[int, str]:
    interviews.choose(connection, duty(connection, training_id))
    return cases.branches(connection, training_id)


def test_before_the_selection_only_numbers_are_said(connection: Connection):
    training_id = followed(connection, GOOD, POOR, UNWILLING)
    page = interviews.overview(connection, duty(connection, training_id))
    assert (page.answered, page.willing, page.to_invite, page.lines) == (3, 2, 2, ())


def test_the_cases_get_an_interview_with_their_branch_and_nobody_else_does(connection: Connection):
    training_id = followed(connection, GOOD, POOR, UNWILLING)
    first, second, third = people(connection, training_id)
    assert chosen(connection, training_id) == {first: "berhasil", second: "belum_berhasil"}
    found = responses.of_round(connection, round_of(connection, training_id, INTERVIEW).id)
    assert {one.person_id: one.response.hidden["kasus"] for one in found} == {
        first: "berhasil", second: "belum_berhasil",
    }  # fmt: skip
    assert third not in {one.person_id for one in found}


def test_the_bot_invites_the_cases_in_office_hours(connection: Connection):
    training_id = followed(connection, GOOD, POOR, UNWILLING)
    chosen(connection, training_id)
    assert sorted(send_due(connection, LATER)) == [(FIRST_CHAT, 0), (FIRST_CHAT + 1, 0)]


def test_who_connects_while_interviews_are_open_gets_none(connection: Connection):
    training_id = followed(connection, GOOD, UNWILLING)
    chosen(connection, training_id)
    other = people(connection, training_id)[1]
    assert rounds.issue_for_person(connection, STUDY, other, LATER) == 0


def test_who_cannot_be_reached_is_no_case(connection: Connection):
    training_id = followed(connection, GOOD, GOOD)
    blocked = tables.accounts.update().where(tables.accounts.c.chat_id == FIRST_CHAT)
    connection.execute(blocked.values(blocked_at=NOW))
    assert set(chosen(connection, training_id)) == {people(connection, training_id)[1]}


def test_a_second_tap_selects_nobody_more(connection: Connection):
    training_id = followed(connection, GOOD, POOR)
    once = chosen(connection, training_id)
    again = interviews.choose(connection, duty(connection, training_id))
    assert (again.done, cases.branches(connection, training_id)) == (False, once)


def test_where_nobody_fits_nothing_is_opened(connection: Connection):
    training_id = followed(connection, UNWILLING)
    assert chosen(connection, training_id) == {}
    kinds = select(tables.rounds.c.kind).where(tables.rounds.c.opened_at.is_not(None))
    assert INTERVIEW not in set(connection.execute(kinds).scalars())


def everything_said(connection: Connection, training_id: int) -> str:
    """Of every page that a coordinator can open."""
    asked = duty(connection, training_id)
    round_id = round_of(connection, training_id, INTERVIEW).id
    shown = [
        interviews.overview(connection, asked).lines,
        ledger.unanswered(connection, asked, round_id).names,
        [line for line in ledger.whole(connection, asked).lines if line.kind == INTERVIEW],
        [
            story
            for person in people(connection, training_id)
            for story in explaining.explain_one(connection, asked, person).stories
            if story.kind == INTERVIEW
        ],
    ]
    return str(shown)


def test_the_office_sees_codes_and_neither_names_nor_branches(connection: Connection):
    training_id = followed(connection, GOOD, POOR)
    chosen(connection, training_id)
    said = everything_said(connection, training_id)
    assert "K01" in said
    assert "K02" in said
    assert "Peserta" not in said
    assert "berhasil" not in said


def called(connection: Connection, training_id: int) -> tuple[Notify, ...]:
    """The person of the first chat would rather be called."""
    round_id = round_of(connection, training_id, INTERVIEW).id

    def act(*at: object) -> object:
        return calling.ask(*at, round_id=round_id)  # type: ignore[arg-type]

    outcome = attended(connection, act, LATER, FIRST_CHAT)  # type: ignore[arg-type]
    return tuple(one for one in outcome.reactions if isinstance(one, Notify))


def test_who_would_rather_be_called_is_told_by_name_and_gets_no_reminder(connection: Connection):
    training_id = followed(connection, GOOD, POOR)
    chosen(connection, training_id)
    send_due(connection, LATER)
    called(connection, training_id)
    said = everything_said(connection, training_id)
    assert "Peserta 0" in said
    assert "Peserta 1" not in said
    assert [chat for chat, _ in send_due(connection, LATER + timedelta(days=8))] == [FIRST_CHAT + 1]


def test_notes_are_kept_for_a_called_case_and_for_no_other(connection: Connection):
    training_id = followed(connection, GOOD, POOR)
    chosen(connection, training_id)
    called(connection, training_id)
    mine = cases.of_person(connection, training_id, people(connection, training_id)[0])
    assert mine is not None
    asked = duty(connection, training_id)
    interviews.write_note(connection, asked, mine.number, "SPJ kini dua hari.")
    interviews.write_note(
        connection, duty(connection, training_id, first=False), mine.number, "SPJ"
    )
    assert [one.text for one in cases.notes_of(connection, mine.id)] == ["SPJ kini dua hari."]
    with pytest.raises(NothingOpen, match="kasus_tidak_ada"):
        interviews.write_note(connection, asked, 3 - mine.number, "catatan")


def held_in_a_call(connection: Connection, permission: str) -> int:
    """The training, whose first case was called, noted and asked."""
    training_id = followed(connection, GOOD, POOR)
    chosen(connection, training_id)
    called(connection, training_id)
    mine = cases.of_person(connection, training_id, people(connection, training_id)[0])
    assert mine is not None
    asked = duty(connection, training_id)
    interviews.write_note(connection, asked, mine.number, "SPJ kini dua hari.")
    if permission:
        interviews.permit(connection, asked, mine.number, permission)
    interviews.end_notes(connection, asked, mine.number)
    return training_id


def test_my_data_tells_the_permission_that_was_given_in_a_call(connection: Connection):
    training_id = held_in_a_call(connection, "ringkas")
    mine, _ = people(connection, training_id)
    (told,) = personal_data.held(connection, mine)["wawancara"]
    assert (told["permission"], told["text"]) == ("ringkas", "SPJ kini dua hari.")


def closed(connection: Connection, training_id: int) -> int:
    round_id = round_of(connection, training_id, INTERVIEW).id
    while rounds.settle_some(connection, STUDY, round_id, LATER + timedelta(days=40)):
        pass
    return round_id


def test_an_interview_that_was_held_in_a_call_counts_as_complete_to_the_end(connection: Connection):
    training_id = held_in_a_call(connection, "kutip")
    round_id = round_of(connection, training_id, INTERVIEW).id
    assert sorted(dispositions(connection, round_id)) == ["complete", "issued"]
    closed(connection, training_id)
    assert sorted(dispositions(connection, round_id)) == ["complete", "noncontact"]


def test_a_call_that_nothing_was_noted_of_is_no_interview(connection: Connection):
    training_id = followed(connection, GOOD, POOR)
    chosen(connection, training_id)
    called(connection, training_id)
    mine = cases.of_person(connection, training_id, people(connection, training_id)[0])
    assert mine is not None
    interviews.end_notes(connection, duty(connection, training_id), mine.number)
    round_id = closed(connection, training_id)
    assert set(dispositions(connection, round_id)) == {"noncontact"}


@pytest.mark.parametrize(
    ("permission", "notes"),
    [
        ("kutip", ("SPJ kini dua hari.",)),
        ("ringkas", ("SPJ kini dua hari.",)),
        ("tidak", ()),
        ("", ()),
    ],
)
def test_notes_of_a_call_are_printed_only_as_was_permitted_there(
    connection: Connection, permission: str, notes: tuple[str, ...]
):
    training_id = held_in_a_call(connection, permission)
    closed(connection, training_id)
    training = duty(connection, training_id).training
    found = interview_pages.make(connection, STUDY, training, "id", "pages")
    assert isinstance(found, interview_pages.Pages)
    (page,) = found.pages
    assert (page.permission, page.notes) == (permission or "belum", notes)


def test_an_erased_person_leaves_no_case_and_no_note(connection: Connection):
    training_id = followed(connection, GOOD, POOR)
    chosen(connection, training_id)
    called(connection, training_id)
    person = people(connection, training_id)[0]
    mine = cases.of_person(connection, training_id, person)
    assert mine is not None
    interviews.write_note(connection, duty(connection, training_id), mine.number, "Rahasia")
    connection.execute(tables.people.delete().where(tables.people.c.id == person))
    assert cases.of_person(connection, training_id, person) is None
    assert cases.notes_of(connection, mine.id) == []
