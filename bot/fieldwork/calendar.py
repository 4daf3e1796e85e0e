"""The Indonesian calendar of public holidays and cuti bersama, in the form the schedule wants.

The dates come from the package `holidays`; late decisions are overridden in study.toml. It decides
nothing: which moment is allowed is the schedule's business.
"""

from functools import lru_cache

from holidays import country_holidays

from bot.survey.schedule import Calendar, calendar
from bot.survey.study import Hours, Study

_IDUL_FITRI = "Hari Raya Idul Fitri"


def calendar_of(study: Study, year: int) -> Calendar:
    """Good for moments of that year and the one after."""
    return _calendar(study.hours, year)


@lru_cache(maxsize=16)
def _calendar(hours: Hours, year: int) -> Calendar:
    days = country_holidays(
        "ID", years=range(year - 1, year + 3), categories=("public", "government"), language="id"
    )
    fasting_ends = [day for day, name in days.items() if name.startswith(_IDUL_FITRI)]
    return calendar(hours, list(days), fasting_ends)
