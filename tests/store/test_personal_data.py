"""Every table is known to the erasing: whoever adds one decides here what becomes of a person's rows in it."""

import pytest

from bot.store import tables

WITH_THE_PERSON = {  # goes when the person goes, by the database or by personal_data
    "people", "accounts", "links", "consents", "enrolments", "responses", "answers", "answer_messages",
    "answer_history", "disposition_history", "contacts", "requests", "jobs",
    "matches", "relinks", "wrong_dates", "wrong_codes", "cases", "case_notes", "recordings",
}  # fmt: skip
OF_THE_OFFICE = {  # the study's own, or about colleagues in their office
    "trainings", "instructors", "competences", "questionnaires", "publications", "form_drafts", "roster_drafts", "rounds",
    "summary_deliveries", "result_news", "staff", "staff_trainings", "staff_names", "staff_invitations", "office_sheets", "classes", "class_cards", "letters",
}  # fmt: skip
WITHOUT_A_PERSON = {  # numbers, codes and keyed hashes; aggregates that were issued
    "summaries", "releases", "seen_updates", "poison_updates", "signs_of_life", "audit", "erasures",
    "released_answers",
}  # fmt: skip


def test_what_becomes_of_a_persons_rows_is_decided_for_every_table():
    decided = WITH_THE_PERSON | OF_THE_OFFICE | WITHOUT_A_PERSON
    assert decided == set(tables.metadata.tables)


@pytest.mark.parametrize("name", sorted(WITH_THE_PERSON))
def test_a_row_that_points_to_a_person_goes_with_the_person(name: str):
    for key in tables.metadata.tables[name].foreign_keys:
        if key.column.table.name in WITH_THE_PERSON:
            assert key.ondelete in {"CASCADE", "SET NULL"}
