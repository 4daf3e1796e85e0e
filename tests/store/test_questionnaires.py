from dataclasses import replace

from sqlalchemy import Connection

from bot.store import questionnaires
from bot.store.questionnaires import InUse
from tests.fieldwork.field import NOW, later, questionnaire


def test_a_questionnaire_comes_back_as_it_was_kept(connection: Connection):
    kept = questionnaires.keep(connection, questionnaire(), NOW)
    assert questionnaires.of_id(connection, kept) == questionnaire()


def test_the_same_version_is_kept_once_and_never_changed(connection: Connection):
    first = questionnaires.keep(connection, questionnaire(), NOW)
    altered = replace(questionnaire(), titles={"id": "Lain"})
    assert questionnaires.keep(connection, altered, later(days=1)) == first
    assert questionnaires.of_id(connection, first) == questionnaire()


def test_the_newest_version_is_the_one_kept_last(connection: Connection):
    questionnaires.keep(connection, questionnaire(), NOW)
    second = questionnaires.keep(connection, replace(questionnaire(), version="2"), NOW)
    assert questionnaires.newest(connection, "post_training") == second
    assert questionnaires.newest(connection, "unknown") is None


def test_of_each_questionnaire_the_version_kept_last_can_be_had(connection: Connection):
    other = replace(questionnaire(), name="other")
    for form in (questionnaire(), other, replace(questionnaire(), version="2")):
        questionnaires.keep(connection, form, NOW)
    kept = [(form.name, form.version) for form in questionnaires.newest_of_all(connection)]
    assert kept == [("other", other.version), ("post_training", "2")]


def test_in_use_is_the_version_published_last_and_not_the_one_kept_last(connection: Connection):
    first = questionnaires.keep(connection, questionnaire(), NOW)
    questionnaires.keep(connection, replace(questionnaire(), version="2"), NOW)
    again = questionnaires.keep_published(connection, questionnaire(), 501, later(days=1))
    assert again == first
    assert questionnaires.newest(connection, "post_training") == first
    (newest,) = questionnaires.newest_of_all(connection)
    assert newest == questionnaire()
    assert questionnaires.in_use(connection, "post_training") == InUse(first, later(days=1))


def test_a_version_of_the_folder_that_was_there_before_does_not_come_into_use_again(
    connection: Connection,
):
    questionnaires.keep(connection, questionnaire(), NOW)
    published = questionnaires.keep_published(
        connection, replace(questionnaire(), version="2"), 501, NOW
    )
    questionnaires.keep(connection, questionnaire(), later(days=1))
    assert questionnaires.newest(connection, "post_training") == published


def test_a_body_is_parsed_once(connection: Connection):
    kept = questionnaires.keep(connection, questionnaire(), NOW)
    assert questionnaires.of_id(connection, kept) is questionnaires.of_id(connection, kept)
