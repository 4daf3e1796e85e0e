"""Anonymous forms (`anonymous` on the settings sheet): once given, answers are taken off their person. Within a transaction.

1. While it is open the response is tied like any other: whoever has finished must not be reminded.
2. With the last answer, or when the round closes half-way, the answers go to a random row without the person: week only, no
   seconds, no history. The response keeps that somebody answered, and nothing of what.
3. So they can be seen, changed, paired or erased no more, and the notice says so before the first question.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.store import released
from bot.store.released import Released
from bot.store.responses import OpenResponse
from bot.survey.questionnaire import Questionnaire


def release(
    connection: Connection,
    form: Questionnaire,
    found: OpenResponse,
    disposition: str,
    now: datetime,
) -> None:
    """`found` as it was answered; nothing for a form that is not anonymous, or when it was done before."""
    if not form.anonymous or found.released or not found.response.answers:
        return
    day = now.astimezone(ZoneInfo(found.zone)).date()
    given = {
        name: {"value": one.value, "missing": one.missing, "other": one.other}
        for name, one in sorted(found.response.answers.items())
    }
    if disposition in {"complete", "partial"}:
        row = Released(
            released.key(), found.questionnaire_id, disposition,
            day - timedelta(days=day.weekday()), found.response.hidden, given,
        )  # fmt: skip
        released.keep(connection, found.round_id, row)
    released.take_off(connection, found.response.id)


def mix(connection: Connection, round_id: int) -> None:
    released.mix(connection, round_id)
