"""An interviewee looks at what may be quoted, and changes the permission. One function is part of one transaction."""

from sqlalchemy import Connection

from bot.fieldwork import answering, quoting
from bot.fieldwork.records import Reactions, Visit
from bot.store.accounts import Account
from bot.survey import response as survey
from bot.survey.record import Tap


def show(connection: Connection, visit: Visit, account: Account, response_id: int) -> Reactions:
    interview = answering.opened(connection, visit, account, response_id)
    return quoting.seen(connection, interview.questionnaire, interview.found, visit.now)


def permit(
    connection: Connection, visit: Visit, account: Account, response_id: int, more: str
) -> Reactions:
    """As if the question had been answered anew; the person stays where they are."""
    interview = answering.opened(connection, visit, account, response_id)
    form, found = interview.questionnaire, interview.found
    item = quoting.permission_item(form)
    is_finished = found.response.completed_at is not None and found.response.stage != "asking"
    if item is not None and more in quoting.PERMISSIONS and is_finished:
        there = survey.revise(form, found.response, item.name, interview.now)
        tap = Tap("choose", item.name, there.response.revision, more)
        turn = survey.answer(
            form, there.response, tap, interview.now, complete_share=visit.study.complete_share
        )
        answering.store(connection, visit, interview, turn)
        found = found.after(turn)
    return quoting.seen(connection, form, found, visit.now)
