"""A colleague keys in what somebody answered on paper: the same cards, as that person. One function is one transaction.

1. Only where nothing was answered in the chat: what a person told the bot itself is never shown to the office.
2. The consent stands signed on the paper; it is recorded when the sheet is begun. The response says that it was keyed in.
3. Beginning and the end stand in the audit log; the single answers do not. Nothing of the colleague's own survey changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.errors import NotAllowed, NothingOpen
from bot.fieldwork import answering, consent
from bot.fieldwork.once import once
from bot.fieldwork.permits import why_not
from bot.fieldwork.records import Card, Reactions, Visit
from bot.fieldwork.rosters.names import name_key
from bot.fieldwork.staff import Duty, StaffVisit, language_of, who_is
from bot.fieldwork.tapping import Tapped
from bot.store import accounts, paper
from bot.store.accounts import Account
from bot.store.paper import Sheet
from bot.store.trainings import Training
from bot.survey.record import Said

EXPECTING_LETTERS, EXPECTING_ANSWER = "key_in_letters", "key_in"
LISTED = 10
PaperSheet = Sheet  # by this name the chat knows it


@dataclass(frozen=True, slots=True)
class Sheets:
    """Of whom a sheet can be keyed in."""

    language: str
    training: Training
    found: tuple[Sheet, ...]
    letters: str  # "": nothing was typed yet


@dataclass(frozen=True, slots=True)
class KeyedIn:
    language: str
    card_message_id: int | None
    training_id: int
    response_id: int
    name: str
    card: Card | None  # None: it is complete


def ask_letters(connection: Connection, duty: Duty) -> Sheets:
    if duty.is_first:
        _expect(connection, duty.visit, {"what": EXPECTING_LETTERS, "training": duty.training.id})
    return Sheets(duty.language, duty.training, (), "")


def search(connection: Connection, duty: Duty, text: str) -> Sheets:
    wanted = name_key(text)
    sheets = paper.sheets(connection, duty.training.id, duty.visit.now)
    found = [one for one in sheets if wanted and wanted in name_key(one.name)]
    return Sheets(duty.language, duty.training, tuple(found[:LISTED]), text[:40] or "-")


def begin(connection: Connection, duty: Duty, response_id: int) -> KeyedIn:
    sheet = _sheet(connection, response_id, duty.visit)
    if sheet.training_id != duty.training.id:
        raise NothingOpen("kertas_tidak_dapat")
    duty.noted["mode"] = paper.KEYED_IN
    account, visit = _as_person(connection, duty.visit, sheet), _visit(duty.visit)
    consent.record(
        connection, visit, consent.mine_in_round(connection, visit, account, sheet.round_id)[0], ""
    )
    paper.set_keyed_in(connection, response_id)
    reactions = answering.take(connection, visit, account, response_id)
    return _shown(connection, duty.visit, sheet, account, reactions)


def tap(connection: Connection, visit: StaffVisit, tapped: Tapped) -> KeyedIn:
    sheet = _allowed(connection, visit, tapped.response_id)
    account = _as_person(connection, visit, sheet)
    if once(connection, visit.update_id, visit.now):
        reactions = answering.tap(connection, _visit(visit), account, tapped)
    else:
        reactions = answering.show(connection, _visit(visit), account)
    return _shown(connection, visit, sheet, account, reactions)


def reply(connection: Connection, visit: StaffVisit, said: Said) -> KeyedIn:
    """A typed answer; which sheet it is for stands with the account."""
    asked = accounts.of_chat(connection, visit.chat_id)
    response_id = int(asked.expecting.get("response", 0)) if asked else 0
    sheet = _allowed(connection, visit, response_id)
    account = _as_person(connection, visit, sheet)
    if not once(connection, visit.update_id, visit.now):
        reactions = answering.show(connection, _visit(visit), account)
    else:
        interview = answering.opened(connection, _visit(visit), account, response_id)
        reactions = answering.reply(connection, _visit(visit), account, interview, said)
    return _shown(connection, visit, sheet, account, reactions)


def end(connection: Connection, duty: Duty) -> str:
    """For now: what was keyed in stays, and can be gone on with. The language to answer in."""
    if duty.is_first:
        _expect(connection, duty.visit, {})
    return duty.language


def _shown(
    connection: Connection,
    visit: StaffVisit,
    sheet: Sheet,
    account: Account,
    reactions: Reactions,
) -> KeyedIn:
    card = next((one for one in reversed(reactions) if isinstance(one, Card)), None)
    expecting: Mapping[str, str | int] = {}
    if card is not None:
        expecting = {
            "what": EXPECTING_ANSWER, "training": sheet.training_id, "response": sheet.response_id
        }  # fmt: skip
    _expect(connection, visit, expecting)
    return KeyedIn(
        account.language, account.card_message_id, sheet.training_id, sheet.response_id,
        sheet.whose, card,
    )  # fmt: skip


def _allowed(connection: Connection, visit: StaffVisit, response_id: int) -> Sheet:
    """For the single answers, which go through no `attend`."""
    sheet = paper.sheet(connection, response_id)
    who = who_is(connection, visit.named, visit.chat_id)
    refused = why_not("key in", who, sheet.training_id if sheet else None)
    if refused:
        words = {"penyelenggara": visit.study.office.organiser, "nomor": str(visit.chat_id)}
        raise NotAllowed(refused, **words)
    found = _sheet(connection, response_id, visit)
    if found.mode != paper.KEYED_IN:
        raise NothingOpen("kertas_tidak_dapat")
    return found


def _sheet(connection: Connection, response_id: int, visit: StaffVisit) -> Sheet:
    sheet = paper.sheet(connection, response_id)
    if sheet is None or not sheet.is_free or sheet.closes_at <= visit.now:
        raise NothingOpen("kertas_tidak_dapat")
    return sheet


def _as_person(connection: Connection, visit: StaffVisit, sheet: Sheet) -> Account:
    """The colleague's chat with the person's survey in it; only a value, so nothing of it is stored."""
    own = accounts.opened(connection, visit.chat_id, visit.now)
    language = language_of(connection, visit.chat_id) or "id"
    return Account(
        visit.chat_id, sheet.person_id, language, sheet.response_id, own.card_message_id, {}
    )


def _visit(visit: StaffVisit) -> Visit:
    return Visit(visit.study, visit.chat_id, visit.update_id, visit.now, visit.secret)


def _expect(connection: Connection, visit: StaffVisit, expecting: Mapping[str, str | int]) -> None:
    accounts.opened(connection, visit.chat_id, visit.now)
    accounts.expect(connection, visit.chat_id, expecting)
