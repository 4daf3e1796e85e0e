"""What may be quoted of an interview: shown when it is through, permitted until the round closes, and only as it was seen."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.fieldwork import (
    answering,
    conversation,
    export,
    interview_pages,
    interviews,
    permitting,
    retention,
    rounds,
)
from bot.fieldwork.conversation import Act
from bot.fieldwork.records import Card, Say, Written
from bot.fieldwork.tapping import Tapped
from bot.store import case_tables, questionnaires, responses, tables
from bot.survey.case_selection import INTERVIEW
from tests.fieldwork.field import attended
from tests.fieldwork.office import FIRST_CHAT, SECRET, STUDY, people, round_of
from tests.fieldwork.test_interviews import GOOD, LATER, POOR, duty, followed
from tests.survey.forms import form, item, options

FORM = form(
    item("d00", required=True, dimension="izin", options=options("kutip", "ringkas", "tidak")),
    item("d10", "text", required=True, voice=True),
    name="interview",
)
STORY = "SPJ kini selesai dua hari."
STEP = timedelta(seconds=30)


class Interviewee:
    """Siti in her chat; each deed half a minute after the one before."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.now = connection, LATER
        self.training_id = followed(connection, GOOD, POOR)
        questionnaires.keep(connection, replace(FORM, version="2"), LATER)
        interviews.choose(connection, duty(connection, self.training_id))
        self.round_id = round_of(connection, self.training_id, INTERVIEW).id
        mine = [
            one.response.id
            for one in responses.of_round(connection, self.round_id)
            if one.person_id == people(connection, self.training_id)[0]
        ]
        self.response_id = mine[0]
        self.card: Card | None = None

    def act(self, act: Act) -> list[Say]:
        self.now += STEP
        reactions = attended(self.connection, act, self.now, FIRST_CHAT).reactions
        self.card = next((one for one in reversed(reactions) if isinstance(one, Card)), self.card)
        return [one for one in reactions if isinstance(one, Say)]

    def tap(self, position: int, action: str, value: str = "") -> list[Say]:
        assert self.card is not None
        tapped = Tapped(self.response_id, position, self.card.revision, action, value)
        return self.act(partial(answering.tap, tapped=tapped))

    def answer(self, permission: str) -> list[Say]:
        """The whole interview; what is said at its end."""
        self.act(partial(answering.agree, round_id=self.round_id, more=""))
        self.tap(0, "choose", permission)
        self.act(partial(conversation.typed, written=Written(STORY, self.now + STEP)))
        return self.tap(1, "done")

    def permit(self, permission: str) -> list[Say]:
        return self.act(partial(permitting.permit, response_id=self.response_id, more=permission))

    def change_story(self, **columns: object) -> None:
        mine = tables.answers.c.response_id == self.response_id
        here = tables.answers.update().where(mine, tables.answers.c.item == "d10")
        self.connection.execute(here.values(columns))

    def was_transcribed_since(self) -> None:
        self.change_story(value="[voice 7 V1]")
        self.connection.execute(
            case_tables.recordings.insert().values(
                response_id=self.response_id, item="d10", file_id="V1", seconds=7, due_at=self.now,
                sealed=b"x", transcript=STORY, written_at=self.now + timedelta(minutes=3),
            )
        )  # fmt: skip

    def page(self) -> interview_pages.Page:
        """As it would be printed now, after the closing."""
        late = LATER + timedelta(days=40)
        while rounds.settle_some(self.connection, STUDY, self.round_id, late):
            pass
        training = duty(self.connection, self.training_id).training
        found = interview_pages.make(self.connection, STUDY, training, "id", "pages")
        assert isinstance(found, interview_pages.Pages)
        return found.pages[0]


@pytest.fixture
def siti(connection: Connection) -> Interviewee:
    return Interviewee(connection)


def keys(said: Sequence[Say]) -> list[str]:
    return [one.key for one in said]


def test_what_may_be_quoted_is_shown_when_the_interview_is_through(siti: Interviewee):
    said = siti.answer("kutip")
    assert keys(said)[-2:] == ["kutipan_daftar", "kutipan_isi"]
    assert f"“{STORY}”" in str(said[-1].arguments["isi"])
    assert [choice.more for choice in said[-1].choices] == ["ringkas", "tidak"]


@pytest.mark.parametrize("permission", ["ringkas", "tidak"])
def test_without_the_permission_no_sentence_is_shown_as_a_quote(siti: Interviewee, permission: str):
    said = siti.answer(permission)
    assert keys(said)[-1] == f"kutipan_{permission}"
    assert STORY not in str(said[-1].arguments)


def test_the_permission_may_be_changed_and_the_page_follows_it(siti: Interviewee):
    siti.answer("tidak")
    assert keys(siti.permit("kutip"))[-1] == "kutipan_isi"
    page = siti.page()
    assert page.permission == "kutip"
    assert [(one.text, one.is_seen) for one in page.answers] == [(STORY, True)]


def test_a_permission_that_is_taken_back_leaves_an_empty_page(siti: Interviewee):
    siti.answer("kutip")
    siti.permit("tidak")
    page = siti.page()
    assert (page.permission, page.answers, page.notes) == ("tidak", (), ())


def test_after_the_closing_it_stays_as_it_was(siti: Interviewee):
    siti.answer("tidak")
    siti.now = LATER + timedelta(days=40)
    assert keys(siti.permit("kutip")) == ["survei_sudah_ditutup"]
    assert siti.page().permission == "tidak"


def test_an_invented_permission_changes_nothing(siti: Interviewee):
    siti.answer("ringkas")
    assert keys(siti.permit("semua"))[-1] == "kutipan_ringkas"
    assert siti.page().permission == "ringkas"


def test_an_answer_that_was_changed_since_is_not_to_be_quoted_until_it_is_seen(siti: Interviewee):
    siti.answer("kutip")
    siti.change_story(value="SPJ kini sehari.", at=siti.now + timedelta(hours=1))
    siti.now += timedelta(hours=2)
    assert not siti.page().answers[0].is_seen


def test_a_voice_message_that_was_transcribed_since_is_not_to_be_quoted_until_it_is_seen(
    siti: Interviewee,
):
    siti.answer("kutip")
    siti.was_transcribed_since()
    siti.now += timedelta(minutes=10)
    seen = siti.act(partial(permitting.show, response_id=siti.response_id))
    assert f"“{STORY}”" in str(seen[-1].arguments["isi"])
    assert siti.page().answers[0].is_seen


def test_such_a_transcript_that_nobody_looked_at_is_marked(siti: Interviewee):
    siti.answer("kutip")
    siti.was_transcribed_since()
    assert [(one.text, one.is_seen) for one in siti.page().answers] == [(STORY, False)]


def test_the_quotes_of_somebody_else_are_not_shown(siti: Interviewee):
    siti.answer("kutip")
    act = partial(permitting.show, response_id=siti.response_id)
    said = attended(siti.connection, act, siti.now, FIRST_CHAT + 1).reactions
    assert STORY not in str(said)


def exported(siti: Interviewee, folder: Path) -> dict[str, str]:
    """Of her interview: item -> value, as the analyst gets it."""
    export.write_tables(siti.connection, STUDY, folder)
    with (folder / "responses.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["round"] == INTERVIEW and row["item"]]
    return {row["item"]: row["value"] for row in rows}


def test_no_permission_leaves_for_the_analyst_while_it_may_still_be_changed(
    siti: Interviewee, tmp_path: Path
):
    siti.answer("kutip")
    assert exported(siti, tmp_path) == {"d10": STORY}
    siti.page()
    assert exported(siti, tmp_path) == {"d00": "kutip", "d10": STORY}


def test_what_was_not_seen_leaves_as_a_story_to_be_retold_and_without_a_way_to_the_sound(
    siti: Interviewee, tmp_path: Path
):
    siti.answer("kutip")
    siti.was_transcribed_since()
    siti.page()
    assert exported(siti, tmp_path) == {"d00": "ringkas", "d10": STORY}
    siti.change_story(value="Sudah\n[voice 7 V2]")
    assert exported(siti, tmp_path)["d10"] == "Sudah\n[...]"


def test_a_transcript_that_was_not_seen_stays_so_when_the_sound_is_gone(siti: Interviewee):
    siti.answer("kutip")
    siti.was_transcribed_since()
    siti.page()
    retention.drop_recordings(siti.connection, SECRET, LATER + timedelta(days=80))
    assert [(one.text, one.is_seen) for one in siti.page().answers] == [(STORY, False)]
