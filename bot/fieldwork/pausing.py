"""Pausing, and when to be reminded. One function is part of one transaction.

A time that the person chooses replaces the next reminder and is kept as it is. It is a time where the person lives.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.fieldwork import answering, consent, contacting
from bot.fieldwork.moments import read_moment
from bot.fieldwork.records import Choice, Reactions, Say, Visit
from bot.store import accounts, contacts
from bot.store.accounts import Account
from bot.store.responses import OpenResponse
from bot.survey.progress import answered

EXPECTING_TIME = "snooze_time"
_AFTERNOON, _MORNING, _NINE = time(16, 0), time(8, 0), time(9, 0)


def pause(connection: Connection, visit: Visit, account: Account, response_id: int) -> Reactions:
    interview = answering.opened(connection, visit, account, response_id)
    given = answered(interview.questionnaire, interview.found.response, interview.now)
    return (Say("jeda", {"jumlah_terjawab": given}, _times(interview.found)),)


def snooze(
    connection: Connection, visit: Visit, account: Account, round_id: int, action: str
) -> Reactions:
    """One of the buttons: an hour, this afternoon, tomorrow."""
    found = consent.mine_in_round(connection, visit, account, round_id)[0]
    return _set(
        connection, visit, account, found, _moment(action, _local(connection, visit, found))
    )


def ask_time(connection: Connection, visit: Visit, account: Account, round_id: int) -> Reactions:
    found = consent.mine_in_round(connection, visit, account, round_id)[0]
    accounts.expect(connection, account.chat_id, {"what": EXPECTING_TIME, "round": round_id})
    return (Say("tulis_waktu", {"tgl_tutup": consent.closing_day(found)}),)


def typed_time(connection: Connection, visit: Visit, account: Account, text: str) -> Reactions:
    round_id = int(account.expecting["round"])
    found = consent.mine_in_round(connection, visit, account, round_id)[0]
    moment = read_moment(text, _local(connection, visit, found))
    if moment is None:
        return (Say("waktu_tidak_terbaca", {"masukan": text[:60]}, _times(found)),)
    return _set(connection, visit, account, found, moment)


def stop_reminding(
    connection: Connection, visit: Visit, account: Account, round_id: int, key: str
) -> Reactions:
    """No more reminders of this round; what was answered stays and may be continued."""
    found = consent.mine_in_round(connection, visit, account, round_id)[0]
    contacting.stop_reminding(connection, round_id, found.person_id, visit.now)
    return (Say(key, {"tgl_tutup": consent.closing_day(found)}),)


def _set(
    connection: Connection, visit: Visit, account: Account, found: OpenResponse, until: datetime
) -> Reactions:
    kept = contacting.snooze(
        connection, visit.study, found.round_id, found.person_id, until=until, now=visit.now
    )
    closing = {"tgl_tutup": consent.closing_day(found)}
    if kept is None:
        return (Say("waktu_lewat_penutupan", closing, _times(found)),)
    if account.expecting:
        accounts.expect(connection, account.chat_id, {})
    return (Say("tunda_tercatat", {"hari_jam": kept.astimezone(_zone(connection, found))}),)


def _moment(action: str, now: datetime) -> datetime:
    tomorrow = now.date() + timedelta(days=1)
    match action:
        case "hour":
            return now + timedelta(hours=1)
        case "evening":
            afternoon = datetime.combine(now.date(), _AFTERNOON, tzinfo=now.tzinfo)
            return max(afternoon, now + timedelta(hours=2))
        case "morning":
            return datetime.combine(tomorrow, _MORNING, tzinfo=now.tzinfo)
        case _:
            return datetime.combine(tomorrow, _NINE, tzinfo=now.tzinfo)


def _local(connection: Connection, visit: Visit, found: OpenResponse) -> datetime:
    return visit.now.astimezone(_zone(connection, found))


def _zone(connection: Connection, found: OpenResponse) -> ZoneInfo:
    """The person's; of who has none of their own it is the training's."""
    addressee = contacts.addressee(connection, found.person_id)
    return ZoneInfo((addressee and addressee.zone) or found.zone)


def _times(found: OpenResponse) -> tuple[Choice, ...]:
    return tuple(
        Choice(action, found.round_id, key=key)
        for action, key in (
            ("hour", "tombol_1_jam"), ("tomorrow", "tombol_besok_9"),
            ("other_time", "tombol_waktu_lain"), ("no_reminder", "tombol_tanpa_pengingat"),
        )
    )  # fmt: skip
