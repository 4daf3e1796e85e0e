"""An alumnus who moved: the superior on the list is asked nothing about them before the office has confirmed who it is now.

A choice marked update_superior puts that alumnus's superior on hold and tells the coordinators, without the answer itself; the
alumnus is told so. What was issued to the former superior and not begun is withdrawn. What the office says then: confirming.py.
One function is part of one transaction.
"""

from typing import Final

from sqlalchemy import Connection

from bot.fieldwork import told
from bot.fieldwork.records import Reactions, Say, Visit
from bot.store import people, raters, rosters
from bot.store.responses import OpenResponse
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Recorded, Turn

MARK: Final = "update_superior"  # a column of the choices
_YES: Final = frozenset({"yes", "true", "1"})


def noted(
    connection: Connection, visit: Visit, form: Questionnaire, found: OpenResponse, turn: Turn
) -> Reactions:
    """After an answer of an alumnus; nothing when it says nothing new of the kind."""
    if found.about_id or not any(_tells(form, one) for one in turn.recorded):
        return ()
    if not raters.doubt(connection, found.training_id, found.person_id, visit.now):
        return ()
    superiors = rosters.raters_of(connection, found.training_id, {found.person_id})
    pairs = {(superior, alumnus) for _, superior, alumnus in superiors}
    raters.withdraw_unbegun(connection, found.training_id, pairs)
    person = people.person(connection, found.person_id)
    words = {"nama": person.name, "judul": found.training_title}
    notes = told.office(
        connection, visit.named, found.training_id, "atasan_dipastikan", words,
        about="superior", one=person.id,
    )  # fmt: skip
    return (Say("atasan_akan_dipastikan"), *notes)


def _tells(form: Questionnaire, one: Recorded) -> bool:
    """It was chosen now and not before."""
    marked = {
        option.code
        for option in form.item(one.answer.item).options
        if option.extra.get(MARK, "").strip().lower() in _YES
    }
    before = one.replaced.value.split() if one.replaced is not None else ()
    return bool(marked & set(one.answer.value.split()) - set(before))
