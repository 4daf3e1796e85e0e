"""Personal links made in the chat, for whoever is not connected yet. One function is one transaction; `staff.attend` calls them.

New links end the older ones that nobody used, so it is asked first. The same update again makes no second ones: it asks again.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.fieldwork import enrolment, letter_number
from bot.fieldwork.roster import PersonalLink, personal_link
from bot.fieldwork.staff import Duty
from bot.store import people
from bot.store.trainings import Training


@dataclass(frozen=True, slots=True)
class Links:
    language: str
    training: Training
    unconnected: int
    letter_number: str
    made: tuple[PersonalLink, ...] = ()


def ask(connection: Connection, duty: Duty) -> Links:
    found = {person.id for person, _ in people.unconnected(connection, duty.training.id)}
    number = letter_number.of_training(connection, duty.visit.study, duty.training.id)
    return Links(duty.language, duty.training, len(found), number)


def make(connection: Connection, duty: Duty) -> Links:
    asked = ask(connection, duty)
    if not duty.is_first:
        return asked
    rows = enrolment.replace_links(connection, duty.training.id, duty.visit.now)
    duty.noted["links"] = len(rows)
    made = tuple(personal_link(one, duty.visit.secret) for one in rows)
    return replace(asked, made=made)
