from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from bot.errors import StudyPlanError
from bot.fieldwork import rounds
from bot.fieldwork.issuing import Facts, draw_order, instructors_for
from bot.fieldwork.roster import save_roster
from bot.store import rounds as stored_rounds
from bot.store import tables, trainings
from tests.fieldwork.office import (
    IMPORTED,
    SECRET,
    STUDY,
    change_response,
    connect,
    dispositions,
    import_class,
    open_round,
    participant,
    people,
    roster,
    round_of,
    superior,
    wib,
)


def hidden(connection: Connection, round_id: int) -> list[dict[str, str]]:
    query = select(tables.responses.c.hidden).where(tables.responses.c.round_id == round_id)
    return [
        dict(one) for one in connection.execute(query.order_by(tables.responses.c.id)).scalars()
    ]


def facts(connection: Connection, training_id: int, instructors: tuple[str, ...]) -> Facts:
    training = trainings.of_id(connection, training_id)
    assert training is not None
    return Facts(STUDY, training, wib("2026-10-23 23:59"), instructors, ())


def test_an_imported_training_has_its_rounds_planned_at_their_offsets(
    connection: Connection,
) -> None:
    training_id = import_class(connection)
    planned = {one.kind: one.opens_at for one in stored_rounds.of_training(connection, training_id)}
    assert planned == {
        "post_training": wib("2026-10-16 08:00"),
        "followup_alumni": wib("2027-01-14 08:30"),
        "followup_superior": wib("2027-01-21 08:30"),
    }


def test_a_round_whose_time_had_passed_before_the_import_is_not_planned(
    connection: Connection,
) -> None:
    training_id = import_class(connection, now=wib("2027-01-25 09:00"))
    kinds = [one.kind for one in stored_rounds.of_training(connection, training_id)]
    assert kinds == ["followup_alumni", "followup_superior"]


def test_a_due_round_is_opened_once_with_a_response_for_everybody_enrolled(
    connection: Connection,
) -> None:
    training_id = import_class(connection, connected=2)
    now = wib("2026-10-16 08:00")
    (round_id,) = rounds.due_to_open(connection, now)
    opened = rounds.open_round(connection, STUDY, round_id, now)
    assert opened is not None
    assert (opened.respondents, opened.invited) == (3, 2)
    assert dispositions(connection, round_id) == ["issued"] * 3
    assert rounds.open_round(connection, STUDY, round_id, now) is None
    assert rounds.due_to_open(connection, now) == []
    assert round_of(connection, training_id, "post_training").closes_at == wib("2026-10-23 23:59")


def test_a_round_whose_whole_time_passed_during_a_stop_is_not_opened_late(
    connection: Connection,
) -> None:
    training_id = import_class(connection)
    now = wib("2026-10-24 08:00")
    (round_id,) = rounds.due_to_open(connection, now)
    assert rounds.open_round(connection, STUDY, round_id, now) is None
    assert dispositions(connection, round_id) == []
    assert round_of(connection, training_id, "post_training").state == "closed"
    assert rounds.due_to_open(connection, now) == []
    assert open_round(connection, training_id, "post_training", now=now) == round_id  # by hand


def test_without_a_stored_questionnaire_the_author_is_told_which_file_is_missing(
    connection: Connection,
) -> None:
    save_roster(connection, STUDY, roster(), SECRET, IMPORTED)
    now = wib("2026-10-16 08:00")
    (round_id,) = rounds.due_to_open(connection, now)
    with pytest.raises(StudyPlanError, match=r"post_training\.md"):
        rounds.open_round(connection, STUDY, round_id, now)
    rounds.push_opening(connection, round_id, now)
    assert rounds.due_to_open(connection, now) == []


def test_the_hidden_values_come_from_the_enrolment(connection: Connection) -> None:
    training_id = import_class(connection)
    round_id = open_round(connection, training_id, "followup_alumni", now=wib("2027-01-13 08:45"))
    first = hidden(connection, round_id)[0]
    assert first["nama_pelatihan"] == "Manajemen Keuangan Daerah Angk. II"
    assert first["tgl_pelatihan"] == "Jumat, 16 Oktober 2026"
    assert first["tgl_tutup"] == "Selasa, 2 Februari 2027"
    assert (first["kompetensi_1"], first["pertama"]) == ("menyusun SPJ", "1")
    assert first["penyelenggara"] == STUDY.office.organiser


def test_the_commitment_of_the_first_round_is_shown_again_at_the_follow_up(
    connection: Connection,
) -> None:
    training_id = import_class(connection)
    connection.execute(tables.enrolments.update().values(memory={"komitmen_t0": "rekonsiliasi"}))
    round_id = open_round(connection, training_id, "followup_alumni", now=wib("2027-01-13 08:45"))
    assert {one["komitmen_t0"] for one in hidden(connection, round_id)} == {"rekonsiliasi"}


def test_instructors_are_drawn_equally_often(connection: Connection) -> None:
    training_id = import_class(connection)
    known = facts(connection, training_id, ("A", "B", "C", "D", "E"))
    drawn = Counter(name for number in range(20) for name in instructors_for(known, number))
    assert set(drawn.values()) == {8}


@pytest.mark.parametrize(
    ("instructors", "asked"),
    [
        ((), (STUDY.office.unnamed_instructors, "")),
        (("A",), ("A", "")),
        (("B", "A"), ("B", "A")),
    ],
)
def test_up_to_two_instructors_need_no_draw(
    connection: Connection, instructors: tuple[str, ...], asked: tuple[str, str]
) -> None:
    training_id = import_class(connection)
    assert instructors_for(facts(connection, training_id, instructors), 4) == asked


def test_a_superior_rates_each_alumnus_but_at_most_five_and_the_unit_only_once(
    connection: Connection,
) -> None:
    class_of_8 = (
        *(participant(number, superior=superior(60)) for number in range(7)),
        participant(7, superior=superior(61)),
    )
    training_id = import_class(connection, roster(participants=class_of_8))
    now = wib("2027-01-21 08:30")
    round_id = open_round(connection, training_id, "followup_superior", now=now)
    found = hidden(connection, round_id)
    assert [one["pertama"] for one in found] == ["1", "0", "0", "0", "0", "1"]
    assert len({one["nama_alumni"] for one in found}) == 6
    rounds.issue_newcomers(connection, STUDY, training_id, now)
    assert len(hidden(connection, round_id)) == 6


def test_alumni_are_drawn_again_alike_from_the_stored_seed_by_whoever_knows_the_pseudonyms():
    drawn = draw_order(7, "R000060", ["R000001", "R000002", "R000003"])
    assert drawn == ["R000002", "R000003", "R000001"]
    assert draw_order(7, "R000060", drawn[1:]) == drawn[1:]
    assert draw_order(8, "R000060", drawn) != drawn


def test_a_superior_is_asked_about_five_also_when_an_alumnus_leaves_in_between(
    connection: Connection,
) -> None:
    class_of_7 = tuple(participant(number, superior=superior(60)) for number in range(7))
    training_id = import_class(connection, roster(participants=class_of_7))
    now = wib("2027-01-21 08:30")
    round_id = open_round(connection, training_id, "followup_superior", now=now)
    asked = hidden(connection, round_id)
    gone = select(tables.responses.c.about_id).where(tables.responses.c.round_id == round_id)
    connection.execute(
        update(tables.enrolments)
        .where(tables.enrolments.c.about_id == gone.limit(1).scalar_subquery())
        .values(left_at=now)
    )
    rounds.issue_newcomers(connection, STUDY, training_id, now)
    assert hidden(connection, round_id) == asked


def test_the_superiors_round_opens_a_week_after_a_triggered_follow_up(
    connection: Connection,
) -> None:
    training_id = import_class(connection)
    open_round(connection, training_id, "followup_alumni", now=wib("2026-12-07 09:00"))
    following = round_of(connection, training_id, "followup_superior")
    assert following.opens_at == wib("2026-12-14 08:30")


def test_after_a_stop_over_both_the_superiors_are_asked_a_week_after_the_alumni(
    connection: Connection,
) -> None:
    training_id = import_class(connection)
    now = wib("2027-01-25 09:00")  # both were due while the bot stood still
    alumni, superiors = rounds.due_to_open(connection, now)[1:]
    assert rounds.open_round(connection, STUDY, alumni, now) is not None
    assert rounds.open_round(connection, STUDY, superiors, now) is None
    moved = round_of(connection, training_id, "followup_superior")
    assert (moved.state, moved.opens_at) == ("planned", wib("2027-02-01 08:30"))


def test_a_triggered_round_is_opened_only_once(connection: Connection) -> None:
    training_id = import_class(connection)
    open_round(connection, training_id, "followup_alumni", now=wib("2027-01-13 08:45"))
    again = rounds.trigger(
        connection, STUDY, training_id, "followup_alumni", by=2, now=wib("2027-01-13 08:46")
    )
    assert again is None
    assert round_of(connection, training_id, "followup_alumni").triggered_by == 1


def test_who_connects_while_a_round_is_open_is_issued_and_counts_as_invited(
    connection: Connection,
) -> None:
    training_id = import_class(connection, connected=0)
    now = wib("2026-10-16 15:00")
    round_id = open_round(connection, training_id, "post_training", now=now)
    person = people(connection, training_id)[1]
    connect(connection, person, 77)
    assert rounds.issue_for_person(connection, STUDY, person, now) == 1
    assert dispositions(connection, round_id) == ["issued", "invited", "issued"]


def test_a_round_that_was_imported_open_reaches_those_added_later(connection: Connection) -> None:
    training_id = import_class(connection)
    now = wib("2026-10-16 09:00")
    round_id = open_round(connection, training_id, "post_training", now=now)
    save_roster(connection, STUDY, roster(size=5), SECRET, now + timedelta(minutes=5))
    assert len(dispositions(connection, round_id)) == 5


def test_at_closing_untouched_responses_are_noncontact_and_a_refusal_stays_one(
    connection: Connection,
) -> None:
    training_id = import_class(connection, roster(size=4))
    opened = wib("2026-10-16 09:00")
    round_id = open_round(connection, training_id, "post_training", now=opened)
    refused, begun, _, _ = people(connection, training_id)
    change_response(connection, refused, disposition="refused", stage="done", begun_at=opened)
    change_response(connection, begun, disposition="partial", begun_at=opened)
    now = wib("2026-10-23 23:59")
    assert rounds.due_to_close(connection, now) == [round_id]
    while rounds.settle_some(connection, STUDY, round_id, now):
        pass
    assert dispositions(connection, round_id) == [
        "refused", "break_off", "noncontact", "noncontact",
    ]  # fmt: skip
    assert round_of(connection, training_id, "post_training").closed_at == now
    assert rounds.due_to_close(connection, now) == []


def test_closing_a_large_round_takes_several_short_transactions(connection: Connection) -> None:
    training_id = import_class(connection, roster(size=45))
    round_id = open_round(connection, training_id, "post_training", now=wib("2026-10-16 09:00"))
    now = wib("2026-10-24 00:00")
    more = [rounds.settle_some(connection, STUDY, round_id, now) for _ in range(3)]
    assert more == [True, True, False]
    assert set(dispositions(connection, round_id)) == {"noncontact"}
