"""A desk as the handlers get it, on a real database, with a coordinator and an administrator."""

from datetime import datetime

from telegram import Update

from bot.chat.desk import Desk
from bot.chat.outgoing import EditMessage, Outgoing, Screen, SendMessage
from bot.clock import FollowedClock
from bot.fieldwork.staff import Named
from bot.store.database import Database
from tests.chat.scripted_telegram import tap_update, text_update
from tests.fieldwork.office import SECRET, STUDY, wib
from tests.sentences import TEXTS

COORDINATOR, ADMINISTRATOR, STRANGER = 501, 502, 503
NOW = wib("2027-01-13 08:45")


def desk_on(database: Database, now: datetime = NOW) -> Desk:
    return Desk(
        run=database.run, study=STUDY, texts=TEXTS, clock=FollowedClock(now), secret=SECRET,
        bot_username="bungo_test_bot",
        named=Named(frozenset({ADMINISTRATOR}), frozenset({COORDINATOR})),
    )  # fmt: skip


def wrote(number: int, who: int = COORDINATOR) -> Update:
    return Update.de_json(text_update(number, who, "/perintah"))


def tapped(number: int, data: str, who: int = COORDINATOR) -> Update:
    return Update.de_json(tap_update(number, who, data))


def screen_of(outgoing: list[Outgoing]) -> Screen:
    shown = outgoing[-1]
    assert isinstance(shown, SendMessage | EditMessage)
    return shown.screen


def data_of(screen: Screen, label: str) -> str:
    """The callback data of the first button whose label contains that."""
    return next(one.data for row in screen.buttons for one in row if label in one.label)


def labels_of(screen: Screen) -> list[str]:
    return [one.label for row in screen.buttons for one in row]
