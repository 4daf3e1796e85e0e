"""Personal links made in the chat or at the terminal, for whoever is not connected yet. One function is one transaction; `staff.attend` calls them.

New links end the older ones that nobody used, so it is asked first. The same update again makes no second ones: it asks again. Nor
does a second tap, by whoever it is: the file of the first, just forwarded, would hold links that work no more.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.fieldwork import enrolment, letter_number
from bot.fieldwork.enrolment import LinkRow
from bot.fieldwork.participant_code import code_of
from bot.fieldwork.staff import Duty
from bot.store import audit, links, people, trainings
from bot.store.trainings import Training

A_SECOND_TAP: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class PersonalLink:
    name: str
    nip: str
    role: str
    unit: str
    token: str
    phone: str = ""
    code: str = ""  # "": has none


@dataclass(frozen=True, slots=True)
class Links:
    language: str
    training: Training
    unconnected: int
    letter_number: str
    made: tuple[PersonalLink, ...] = ()
    just_made: bool = False  # by the tap before this one


def ask(connection: Connection, duty: Duty) -> Links:
    found = {person.id for person, _ in people.unconnected(connection, duty.training.id)}
    number = letter_number.of_training(connection, duty.visit.study, duty.training.id)
    return Links(duty.language, duty.training, len(found), number)


def make(connection: Connection, duty: Duty) -> Links:
    asked = ask(connection, duty)
    if not duty.is_first:
        return asked
    trainings.hold(connection, duty.training.id)
    if links.made_since(connection, duty.training.id, duty.visit.now - A_SECOND_TAP):
        duty.noted["outcome"] = "unchanged"
        return replace(asked, just_made=True)
    rows = enrolment.replace_links(connection, duty.training.id, duty.visit.now)
    duty.noted["links"] = len(rows)
    made = tuple(_personal_link(one, duty.visit.secret) for one in rows)
    return replace(asked, made=made)


def make_links(
    connection: Connection, training_id: int, secret: bytes, now: datetime
) -> list[PersonalLink]:
    """A new personal link for everybody who is not connected; older unused ones end."""
    links = enrolment.replace_links(connection, training_id, now)
    audit.note(connection, "operator", "write links", {"links": len(links)}, now)
    return [_personal_link(one, secret) for one in links]


def _personal_link(one: LinkRow, secret: bytes) -> PersonalLink:
    """A participant may also type a code."""
    person = one.person
    code = code_of(secret, person.id) if one.role == "participant" else ""
    return PersonalLink(
        person.name, person.nip or "", one.role, person.unit, one.token, person.phone, code
    )
