from sqlalchemy import Connection, update

from bot.store import tables, trainings
from tests.fieldwork.office import (
    change_response,
    import_class,
    open_round,
    people,
    roster,
    send_due,
    wib,
)

NOW = wib("2026-10-16 09:00")


def progress(connection: Connection, training_id: int) -> tuple[int, int, int, int, int]:
    (found,) = [
        one for one in trainings.progress(connection, training_id) if one.kind == "post_training"
    ]
    return found.issued, found.invited, found.begun, found.complete, found.refused


def test_progress_counts_issued_invited_begun_complete_and_refused(connection: Connection) -> None:
    training_id = import_class(connection, roster(size=5), connected=3)
    open_round(connection, training_id, "post_training", now=NOW)
    assert progress(connection, training_id) == (5, 0, 0, 0, 0)
    send_due(connection, NOW)
    assert progress(connection, training_id) == (5, 3, 0, 0, 0)
    first, second, *_ = people(connection, training_id)
    change_response(connection, first, disposition="complete", begun_at=NOW)
    change_response(connection, second, disposition="refused")
    assert progress(connection, training_id) == (5, 3, 1, 1, 1)


def test_a_planned_round_has_no_progress_yet(connection: Connection) -> None:
    assert progress(connection, import_class(connection)) == (0, 0, 0, 0, 0)


def test_saving_again_keeps_the_id_and_the_seed_for_draws(connection: Connection) -> None:
    training_id = import_class(connection)
    before = trainings.of_id(connection, training_id)
    assert before is not None
    row = {
        "code": before.code, "title": "Judul baru", "cohort": "", "starts_on": before.starts_on,
        "ends_on": before.ends_on, "zone": before.zone, "seed": before.seed + 1,
    }  # fmt: skip
    assert trainings.save(connection, row) == training_id
    after = trainings.of_id(connection, training_id)
    assert after is not None
    assert (after.full_title, after.seed) == ("Judul baru", before.seed)


def test_instructors_and_competences_keep_their_order(connection: Connection) -> None:
    training_id = import_class(connection)
    trainings.replace_instructors(connection, training_id, ["Z", "A"])
    trainings.replace_competences(connection, training_id, [])
    assert trainings.instructor_names(connection, training_id) == ("Z", "A")
    assert trainings.competence_labels(connection, training_id) == ()


def test_who_has_left_is_no_longer_enrolled(connection: Connection) -> None:
    training_id = import_class(connection)
    first, *others = people(connection, training_id)
    connection.execute(
        update(tables.enrolments).where(tables.enrolments.c.person_id == first).values(left_at=NOW)
    )
    enrolled = trainings.enrolled(connection, training_id, "participant")
    assert [one.person_id for one in enrolled] == others
    assert trainings.of_person(connection, first) == []
    assert trainings.of_person(connection, others[0]) == [training_id]


def test_an_enrolment_says_who_is_connected_blocked_and_opted_out(connection: Connection) -> None:
    training_id = import_class(connection, roster(size=3), connected=2)
    first, second, _ = people(connection, training_id)
    accounts = tables.accounts
    connection.execute(update(accounts).where(accounts.c.person_id == first).values(blocked_at=NOW))
    connection.execute(
        update(tables.people).where(tables.people.c.id == second).values(do_not_contact_at=NOW)
    )
    assert [
        (one.connected, one.blocked, one.opted_out)
        for one in trainings.enrolled(connection, training_id, "participant")
    ] == [(True, True, False), (True, False, True), (False, False, False)]
