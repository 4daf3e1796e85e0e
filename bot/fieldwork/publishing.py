"""A draft comes into use: an immutable version that every round opened from now on takes. One function is one transaction.

1. A form whose content is in use already is not published again; an earlier version may be, and is in use again.
2. Where answers could not be put beside the former ones, or a question is gone, the colleague is told first, and the second
   tap counts only if that version is still the one in use.
3. Rounds that are open keep their version, and so does everybody inside.
"""

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from bot.errors import NothingOpen
from bot.fieldwork.staff import Duty, StaffVisit
from bot.fieldwork.submitting import compared_with
from bot.store import form_drafts, questionnaires, rounds
from bot.store.form_drafts import FormDraft
from bot.survey.questionnaire import Questionnaire
from bot.survey.versions import Comparison

Step = Literal["published", "same", "confirm"]


@dataclass(frozen=True, slots=True)
class Publishing:
    language: str
    draft_id: int
    form: Questionnaire
    step: Step
    former_version: str = ""
    comparisons: tuple[Comparison, ...] = ()
    open_rounds: int = 0  # of this questionnaire: they keep theirs

    @property
    def losses(self) -> tuple[Comparison, ...]:
        """What the former answers of an item, or its place, are lost by."""
        return tuple(one for one in self.comparisons if one.likeness in {"different", "gone"})


def publish(connection: Connection, duty: Duty, draft_id: int, *, confirmed: bool) -> Publishing:
    draft = draft_of(connection, duty.visit, draft_id)
    former_id = questionnaires.newest(connection, draft.questionnaire.name)
    planned = _planned(connection, duty, draft, former_id, confirmed=confirmed)
    if not duty.is_first:
        return replace(planned, step="published") if planned.step == "same" else planned
    duty.noted.update(
        form=planned.form.name, version=planned.form.version, outcome=planned.step
    )  # fmt: skip
    match planned.step:
        case "published":
            questionnaires.keep_published(
                connection, planned.form, duty.visit.chat_id, duty.visit.now
            )
        case "confirm" if former_id is not None:
            form_drafts.note_compared(connection, draft.id, former_id)
    return planned


def drop(connection: Connection, duty: Duty, draft_id: int) -> str:
    """Returns the language to answer in; dropped twice is dropped."""
    if form_drafts.of_chat(connection, draft_id, duty.visit.chat_id) is not None:
        form_drafts.drop(connection, draft_id)
    return duty.language


def draft_of(connection: Connection, visit: StaffVisit, draft_id: int) -> FormDraft:
    draft = form_drafts.of_chat(connection, draft_id, visit.chat_id)
    if draft is None:
        raise NothingOpen("formulir_tidak_ada")
    return draft


def _planned(
    connection: Connection,
    duty: Duty,
    draft: FormDraft,
    former_id: int | None,
    *,
    confirmed: bool,
) -> Publishing:
    form = draft.questionnaire
    former = None if former_id is None else questionnaires.of_id(connection, former_id)
    found = Publishing(
        duty.language, draft.id, form, "published",
        former.version if former else "", compared_with(former, form),
        rounds.open_with(connection, form.name),
    )  # fmt: skip
    if former is not None and replace(former, version=form.version) == form:
        return replace(found, step="same")
    is_agreed = confirmed and draft.compared_to == former_id
    return replace(found, step="confirm") if found.losses and not is_agreed else found
