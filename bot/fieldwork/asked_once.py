"""What is asked once of a superior who rates several alumni: which of the responses carries it. Part of one transaction.

1. The response that is begun or taken up carries the items marked once_per_respondent (its hidden value `pertama` is "1"), the
   others of that person in that round do not: a superior may begin with any of the alumni, and leave one half done.
2. A response keeps them once one of them was answered in it, or it is through; unless it ended before them, since the person
   is not that alumnus's superior or declined: then the next one carries them.
"""

from sqlalchemy import Connection

from bot.store import questionnaires, response_marks, responses
from bot.store.responses import OpenResponse
from bot.survey.flow import CARRIES_ONCE

_GAVE_UP = frozenset({"ineligible", "refused"})


def carry(connection: Connection, taken: OpenResponse) -> bool:
    """Before `taken` is begun or taken up. True: something changed, and it must be read again."""
    if taken.response.completed_at is not None:
        return False
    others = [
        one
        for one in responses.of_person(connection, taken.person_id)
        if one.round_id == taken.round_id and one.response.id != taken.response.id
    ]
    is_kept = any(_keeps(connection, one) for one in others)
    changed = [_change(connection, taken, carries=not is_kept)]
    if not is_kept:
        changed += [_change(connection, one, carries=False) for one in others]
    return any(changed)


def _keeps(connection: Connection, one: OpenResponse) -> bool:
    if one.response.hidden.get(CARRIES_ONCE) != "1" or one.response.disposition in _GAVE_UP:
        return False
    form = questionnaires.of_id(connection, one.questionnaire_id)
    once = {item.name for item in form.items if item.once_per_respondent}
    return one.response.completed_at is not None or bool(once & set(one.response.answers))


def _change(connection: Connection, one: OpenResponse, *, carries: bool) -> bool:
    wanted = "1" if carries else "0"
    if one.response.hidden.get(CARRIES_ONCE, wanted) == wanted:
        return False
    response_marks.set_hidden(
        connection, one.response.id, {**one.response.hidden, CARRIES_ONCE: wanted}
    )
    return True
