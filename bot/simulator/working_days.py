"""When an Indonesian office works next, so that the clock can be pushed to it. Pure; `holidays` is loaded only when asked."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS = time(8)
FRIDAY = 4


def next_working_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """08.00 of the next Monday to Friday that is neither a public holiday nor a day of collective leave."""
    local = now.astimezone(zone)
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    while not _works(day):
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, zone)


def _works(day: date) -> bool:
    import holidays  # noqa: PLC0415 - a hundred countries; most who start the simulator never ask

    free = holidays.country_holidays("ID", years=day.year, categories=("public", "government"))
    return day.weekday() <= FRIDAY and day not in free
