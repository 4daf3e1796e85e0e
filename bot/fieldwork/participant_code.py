"""A code for each person of a list: six letters and digits to be typed, for who has no phone number on it. One function is part of
one transaction.

1. It is derived from the deployment's secret and kept nowhere, so the sheet of codes can be printed again. None holds letters
   that are easily misread, and each has a digit and a letter, so that no word of a greeting is one.
2. It opens nothing once the person has an account: the answer is then that of a code that never was.
3. Five wrong ones of an account within an hour, wrong birth dates counted too, stop the trying for that hour; each stands in the
   audit log by a pseudonym, and the coordinator of the class hears of it.
"""

import hashlib
import hmac
import re
from itertools import count

from sqlalchemy import Connection

from bot.errors import LinkRefused
from bot.fieldwork import class_list, enrolment, strangers, told
from bot.fieldwork.class_list import COUNTED_FOR, FORGOTTEN_AFTER, MOST_TRIES
from bot.fieldwork.consent import office_words
from bot.fieldwork.enrolment import CODE_LETTERS
from bot.fieldwork.records import Reactions, Say, Value, Visit
from bot.store import accounts, audit, people, relinks
from bot.store.accounts import Account

EXPECTING_CODE = "participant_code"
LENGTH = 6
TOKEN = "c"  # noqa: S105  # what a link with a code in it begins with
_SHAPE = re.compile(rf"(?=.*[0-9])(?=.*[A-Z])[{CODE_LETTERS}]{{{LENGTH}}}")


def code_of(secret: bytes, person_id: int) -> str:
    drawn = (_derived(secret, f"participant:{person_id}:{attempt}") for attempt in count())
    return next(code for code in drawn if _SHAPE.fullmatch(code))


def spelt(code: str) -> str:
    """As it is printed: 7K3-MQX."""
    return f"{code[:3]}-{code[3:]}" if code else ""


def read_code(text: str) -> str:
    """Nothing when it has not the shape of one."""
    code = re.sub(r"[\s.-]", "", text).upper()
    return code if _SHAPE.fullmatch(code) else ""


def ask(connection: Connection, visit: Visit, account: Account, training_id: int) -> Reactions:
    if why := class_list.refused(connection, visit, account):
        return why
    if account.expecting.get("class") != training_id:
        raise LinkRefused("pindai_dahulu", **office_words(visit))
    accounts.expect(connection, account.chat_id, {**account.expecting, "what": EXPECTING_CODE})
    return ask_again()


def ask_again() -> Reactions:
    """What was typed has not the shape of a code, so it counts as no try."""
    return (Say("kode_peserta_tulis"),)


def given(connection: Connection, visit: Visit, account: Account, text: str) -> Reactions:
    """By itself, typed or in a link; nothing when it has not the shape of a code."""
    code = read_code(text)
    return _opened(connection, visit, account, code) if code else ()


def _opened(connection: Connection, visit: Visit, account: Account, code: str) -> Reactions:
    if why := class_list.refused(connection, visit, account):
        return why
    training_id = int(account.expecting.get("class", 0))
    found = [
        person_id
        for person_id in people.awaited(connection, training_id or None)
        if hmac.compare_digest(code_of(visit.secret, person_id), code)
    ]
    if len(found) == 1:
        return enrolment.connect(connection, visit, account, found[0])
    return _wrong(connection, visit, account, training_id)


def _wrong(connection: Connection, visit: Visit, account: Account, training_id: int) -> Reactions:
    relinks.note_wrong_code(connection, account.chat_id, visit.now, visit.now - FORGOTTEN_AFTER)
    actor = strangers.actor_of(connection, account.chat_id, visit.secret)
    detail = {"wanted": "open link", "why": "kode_peserta_salah"}
    audit.note(connection, actor, strangers.REFUSED, detail, visit.now)
    since = visit.now - COUNTED_FOR
    tries = relinks.wrong_tries_since(connection, since, chat_id=account.chat_id)
    if tries < MOST_TRIES:
        words: dict[str, Value | Say] = {**office_words(visit), "sisa": MOST_TRIES - tries}
        return (Say("kode_peserta_salah", words),)
    said = Say("percobaan_habis", office_words(visit))
    if not training_id:
        return (said,)
    notes = told.office(connection, visit.named, training_id, "tebakan_kode", {}, about="missing")
    return (said, *notes)


def _derived(secret: bytes, what: str) -> str:
    digest = hmac.new(secret, what.encode(), hashlib.sha256).digest()
    return "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:LENGTH])
