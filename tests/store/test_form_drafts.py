from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from bot.store import form_drafts
from bot.store.form_drafts import FormDraft
from bot.survey.record import Response
from bot.survey.response import Typed, answer, begin
from tests.fieldwork.field import NOW, questionnaire

CHAT, OTHER = 501, 502


def kept(connection: Connection, chat_id: int = CHAT) -> FormDraft:
    made = form_drafts.keep(connection, chat_id, "evaluasi.xlsx", questionnaire(), NOW)
    found = form_drafts.of_chat(connection, made, chat_id)
    assert found is not None
    return found


def trial(draft: FormDraft) -> Response:
    return Response(draft.id, draft.questionnaire.name, draft.questionnaire.version)


def test_a_draft_comes_back_as_it_was_sent(connection: Connection):
    draft = kept(connection)
    assert (draft.file_name, draft.questionnaire) == ("evaluasi.xlsx", questionnaire())
    assert (draft.compared_to, draft.trial, draft.trials) == (None, None, 0)


def test_a_draft_is_there_only_for_the_chat_that_sent_it(connection: Connection):
    assert form_drafts.of_chat(connection, kept(connection).id, OTHER) is None


def test_a_trial_comes_back_in_the_middle_as_it_was(connection: Connection):
    draft = kept(connection)
    first = begin(draft.questionnaire, trial(draft), NOW).response
    later = answer(draft.questionnaire, first, Typed("1"), NOW + timedelta(seconds=9)).response
    assert later.answers
    form_drafts.begin_trial(connection, draft, CHAT, first)
    form_drafts.save_trial(connection, draft.id, later)
    found = form_drafts.tried_by(connection, CHAT)
    assert found is not None
    assert (found.id, found.trial, found.trials) == (draft.id, later, 1)
    assert form_drafts.tried_by(connection, OTHER) is None


def test_another_trial_ends_the_one_before(connection: Connection):
    first, second = kept(connection), kept(connection)
    for draft in (first, second):
        form_drafts.begin_trial(connection, draft, CHAT, trial(draft))
    found = form_drafts.tried_by(connection, CHAT)
    assert found is not None
    assert found.id == second.id


def test_a_trial_that_ended_is_not_tried_any_more(connection: Connection):
    draft = kept(connection)
    form_drafts.begin_trial(connection, draft, CHAT, trial(draft))
    form_drafts.save_trial(connection, draft.id, None)
    assert form_drafts.tried_by(connection, CHAT) is None


def test_old_and_dropped_drafts_are_forgotten(connection: Connection):
    old, dropped, new = kept(connection), kept(connection), kept(connection)
    form_drafts.drop(connection, dropped.id)
    assert form_drafts.of_chat(connection, dropped.id, CHAT) is None
    form_drafts.forget_old(connection, NOW)
    assert form_drafts.of_chat(connection, old.id, CHAT) == replace(old)
    form_drafts.forget_old(connection, NOW + timedelta(seconds=1))
    assert form_drafts.of_chat(connection, new.id, CHAT) is None
