"""What a list would change is said before it is saved, field by field, and is what saving then does."""

from dataclasses import replace

from sqlalchemy import Connection

from bot.fieldwork import erasures, importing
from bot.fieldwork.roster import save_roster
from bot.fieldwork.rosters.difference import Change, Changed, Difference, difference
from bot.fieldwork.rosters.record import Report, Roster, TrainingFacts
from bot.fieldwork.staff import Named
from bot.store import roster_drafts, trainings
from tests.fieldwork.office import IMPORTED, SECRET, STUDY, participant, people, roster, superior

RINA = 501
NAMED = Named(coordinators=frozenset({RINA}))


def saved(connection: Connection, listed: Roster) -> int:
    return save_roster(connection, STUDY, listed, SECRET, IMPORTED).training_id


def would(connection: Connection, *participants: object, **changes: object) -> Difference:
    return difference(connection, roster(participants=participants, **changes), SECRET)


def test_of_a_new_training_everybody_is_new(connection: Connection):
    found = difference(connection, roster(3), SECRET)
    assert (found.is_new_training, len(found.new), found.changed, found.same) == (True, 3, (), 0)


def test_the_same_list_again_changes_nothing(connection: Connection):
    saved(connection, roster(3))
    found = difference(connection, roster(3), SECRET)
    assert (found.new, found.changed, found.same, found.missing) == ((), (), 3, ())


def test_changes_are_told_field_by_field(connection: Connection):
    saved(connection, roster(1))
    moved = participant(0, unit="Bappeda", grade="III/b", position="", phone="+6281255500009")
    found = would(connection, moved)
    assert found.changed == (
        Changed(
            "Peserta 0",
            (
                Change("unit", "BPKAD", "Bappeda"), Change("grade", "III/a", "III/b"),
                Change("phone", "", "+6281255500009"),
            ),
        ),
    )  # fmt: skip


def test_a_zone_is_told_by_the_name_that_people_know(connection: Connection):
    saved(connection, roster(1))
    found = would(connection, participant(0, zone="Asia/Jayapura"))
    assert found.changed[0].changes == (Change("zone", "", "WIT"),)


def test_a_new_superior_is_a_change_of_the_alumnus(connection: Connection):
    saved(connection, roster(1))
    found = would(connection, participant(0, superior=superior(61)))
    assert found.changed[0].changes == (Change("superior", "Atasan 60", "Atasan 61"),)
    assert would(connection, participant(0, superior=None)).changed == ()


def test_the_first_superior_whom_nobody_knew_is_told_too(connection: Connection):
    saved(connection, roster(participants=(participant(0, superior=None),)))
    found = would(connection, participant(0, superior=superior(61)))
    assert found.changed[0].changes == (Change("superior", "", "Atasan 61"),)


def test_who_is_not_in_the_list_is_named_and_stays(connection: Connection):
    training_id = saved(connection, roster(3))
    found = would(connection, participant(0))
    assert found.missing == ("Peserta 1", "Peserta 2")
    saved(connection, roster(participants=(participant(0),)))
    assert len(people(connection, training_id)) == 3


def test_who_is_known_from_another_training_is_new_here_with_what_changes(connection: Connection):
    saved(connection, roster(1))
    found = would(connection, participant(0, unit="Bappeda"), code="LAIN-1")
    assert (found.new, found.changed[0].changes[0].after) == (("Peserta 0",), "Bappeda")


def test_who_comes_with_a_nip_at_last_is_the_same_person(connection: Connection):
    saved(connection, roster(participants=(participant(0, nip=None, superior=None),)))
    found = would(connection, participant(0, superior=None))
    assert found.new == ()
    assert [change.column for change in found.changed[0].changes] == ["birth_date", "nip"]


def test_the_erased_are_counted_and_never_named(connection: Connection):
    training_id = saved(connection, roster(2))
    erasures.erase_person(connection, SECRET, people(connection, training_id)[0], IMPORTED)
    report = Report(ready=roster(2).participants)
    facts = TrainingFacts("MKD-2026-2", "M", "", roster().starts_on, roster().ends_on)
    found = importing.preview(connection, STUDY, report, facts, SECRET)
    assert (found.erased, found.new, found.same) == (1, (), 1)
    assert "Peserta 0" not in repr(found)


def test_saving_does_what_was_said(connection: Connection):
    saved(connection, roster(2))
    listed = roster(participants=(participant(0, unit="Bappeda"), participant(5)))
    found = difference(connection, listed, SECRET)
    done = save_roster(connection, STUDY, listed, SECRET, IMPORTED)
    assert (done.added, done.changed) == (len(found.new), len(found.changed))
    again = difference(connection, listed, SECRET)
    assert (again.new, again.changed, again.same) == ((), (), 2)


def test_another_difference_has_another_digest(connection: Connection):
    first = difference(connection, roster(2), SECRET)
    assert first.digest == difference(connection, roster(2), SECRET).digest
    assert first.digest != difference(connection, roster(3), SECRET).digest


# ---- which training --------------------------------------------------------------------------------


def target(connection: Connection, report: Report, caption: str = "") -> importing.Target:
    draft = roster_drafts.keep(connection, RINA, "F", "a.xlsx", IMPORTED)
    return importing.target_of(connection, NAMED, draft, report, caption)


def test_without_any_training_somebody_must_open_one(connection: Connection):
    found = target(connection, Report())
    assert (found.facts, found.choices, found.refused) == (None, (), "")


def test_the_only_training_is_meant(connection: Connection):
    training_id = saved(connection, roster(1))
    found = target(connection, Report())
    assert found.training is not None
    assert found.training.id == training_id


def test_of_several_the_last_opened_stands_first(connection: Connection):
    saved(connection, roster(1))
    later = saved(
        connection, replace(roster(1), code="B", ends_on=roster().ends_on.replace(day=30))
    )
    found = target(connection, Report())
    assert found.facts is None
    assert found.choices[0].id == later


def test_a_list_that_names_another_title_for_its_code_renames_the_training(connection: Connection):
    training_id = saved(connection, roster(1))
    facts = TrainingFacts("MKD-2026-2", "Judul Baru", "", roster().starts_on, roster().ends_on)
    found = target(connection, Report(training=facts))
    assert found.facts == facts
    saved(connection, Report(training=facts).roster(facts))
    kept = trainings.of_id(connection, training_id)
    assert kept is not None
    assert kept.title == "Judul Baru"


def test_a_stranger_gets_no_training(connection: Connection):
    saved(connection, roster(1))
    draft = roster_drafts.keep(connection, 999, "F", "a.xlsx", IMPORTED)
    assert importing.target_of(connection, NAMED, draft, Report(), "").refused == "bukan_petugas"
