"""The role matrix: every action, for every kind of person, on one's own and on another's training, through the routed handlers.

What is expected stands in docs/roles.md, written by hand and not made from permits.py: it says what is meant.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.chat.case_buttons import case_data
from bot.chat.class_buttons import class_data
from bot.chat.roster_buttons import encode_roster
from bot.chat.staff_buttons import encode, office_data
from bot.fieldwork import requests
from bot.fieldwork.permits import PERMITS, Action
from bot.store import (
    accounts,
    audit,
    cases,
    invitations,
    questionnaires,
    roster_drafts,
    rosters,
    tables,
    walk_ins,
)
from bot.store import relinks as stored_relinks
from bot.store import staff as stored
from bot.store.database import Database
from bot.store.invitations import Purpose
from bot.survey.case_selection import Selected
from tests.chat.office_phones import Phones
from tests.chat.staff_desk import ADMINISTRATOR, COORDINATOR, NOW, STRANGER, desk_on
from tests.chat.test_forms import draft_of
from tests.fieldwork.field import add_person
from tests.fieldwork.office import (
    FIRST_CHAT,
    import_class,
    participant,
    questionnaire,
    roster,
    round_of,
)

INVITED_ADMINISTRATOR, OF_ONE, REMOVED, TO_REMOVE = 601, 602, 603, 604
GOOD = NOW.replace(year=2028)

PAGE = Path(__file__).parents[2] / "docs" / "roles.md"
COLUMNS = ("administrator", "all", "own", "foreign", "nobody")


@dataclass(frozen=True, slots=True)
class Place:
    """A training, and what hangs on it."""

    training_id: int
    round_id: int
    invitation_id: int
    draft_ids: tuple[int, ...]  # of forms that whoever acts has sent: to try, to publish, to drop
    walk_ins: tuple[int, ...]  # came without being listed
    listed: int
    relinks: tuple[int, ...]
    roster_ids: tuple[int, ...]  # lists that whoever acts has sent: to aim and drop; to save
    request_id: int = 1  # of a participant, to have their data corrected


A_FORM = "a file"
Do = Callable[[Place], str]  # a command, A_FORM, or callback data
HOW: Mapping[Action, Do] = {
    "list trainings": lambda _: "/pelatihan",
    "list follow-ups": lambda _: "/tindaklanjut",
    "look at training": lambda at: encode("detail", at.training_id),
    "show class QR": lambda at: encode("qr", at.training_id),
    "preview follow-up": lambda at: encode("preview", at.training_id),
    "trigger follow-up": lambda at: encode("send", at.training_id),
    "take back follow-up": lambda at: encode("undo", at.training_id),
    "look at status": lambda at: f"r:status:{at.training_id}:0:0",
    "list unanswered": lambda at: f"r:missing:{at.training_id}:{at.round_id}:0",
    "export ledger": lambda at: f"r:file:{at.training_id}:0:0",
    "preview reminder": lambda at: f"r:remind:{at.training_id}:{at.round_id}:0",
    "remind now": lambda at: f"r:remindyes:{at.training_id}:{at.round_id}:0",
    "look at round": lambda at: f"r:round:{at.training_id}:{at.round_id}:0",
    "extend round": lambda at: f"r:extend:{at.training_id}:{at.round_id}:3",
    "close round": lambda at: f"r:close:{at.training_id}:{at.round_id}:1",
    "reopen round": lambda at: f"r:reopen:{at.training_id}:{at.round_id}:3",
    "give up round": lambda at: f"r:giveup:{at.training_id}:{at.round_id}:1",
    "plan round again": lambda at: f"r:planagain:{at.training_id}:{at.round_id}:1",
    "pause sending": lambda at: f"r:pause:{at.training_id}:{at.round_id}:1",
    "resume sending": lambda at: f"r:resume:{at.training_id}:{at.round_id}:1",
    "stop sending": lambda at: f"r:stop:{at.training_id}:{at.round_id}:1",
    "write result news": lambda at: f"r:news:{at.training_id}:{at.round_id}:0",
    "send result news": lambda at: f"r:newsyes:{at.training_id}:{at.round_id}:1",
    "explain contacts": lambda _: "/jelaskan Peserta",
    "cancel follow-up": lambda at: encode("cancel", at.training_id),
    "hand over training": lambda at: encode("share", at.training_id),
    "withdraw invitation": lambda at: office_data("withdraw", at.invitation_id),
    "open class": lambda _: "/bukakelas Kearsipan Angkatan II",
    "watch class": lambda at: class_data("watch", at.training_id),
    "extend class": lambda at: class_data("extend", at.training_id),
    "begin evaluation": lambda at: class_data("begin", at.training_id),
    "list missing": lambda at: class_data("missing", at.training_id),
    "list walk-ins": lambda at: class_data("walkins", at.training_id),
    "match walk-in": lambda at: class_data("match", at.training_id, at.walk_ins[0], at.listed),
    "key in": lambda at: class_data("keyin", at.training_id),
    "list moves": lambda _: "/pindahakun",
    "move account": lambda at: class_data("move", at.training_id, at.relinks[0]),
    "refuse move": lambda at: class_data("keep", at.training_id, at.relinks[1]),
    "confirm superior": lambda at: class_data("supwait", at.training_id),
    "write letters": lambda at: class_data("letters", at.training_id),
    "write links": lambda at: class_data("links", at.training_id),
    "write class contents": lambda at: class_data("aboutwrite", at.training_id),
    "print paper": lambda at: class_data("printclass", at.training_id),
    "undo match": lambda at: class_data("undo", at.training_id, 1),
    "take in walk-in": lambda at: class_data("extra", at.training_id, at.walk_ins[1]),
    "list forms": lambda _: "/formulir",
    "send file": lambda _: A_FORM,
    "try form": lambda at: f"f:try:{at.draft_ids[0]}",
    "end trial": lambda at: f"f:end:{at.draft_ids[0]}",
    "publish form": lambda at: f"f:publish:{at.draft_ids[1]}",
    "drop form": lambda at: f"f:drop:{at.draft_ids[2]}",
    "aim roster": lambda at: encode_roster("aim", at.roster_ids[0], at.training_id),
    "choose for roster": lambda at: encode_roster("choose", at.roster_ids[0]),
    "save roster": lambda at: encode_roster("save", at.roster_ids[1]),
    "drop roster": lambda at: encode_roster("drop", at.roster_ids[0]),
    "look at interviews": lambda at: case_data("page", at.training_id),
    "select interviews": lambda at: case_data("choose", at.training_id),
    "export interviews": lambda at: case_data("guide", at.training_id),
    "write interview notes": lambda at: case_data("notes", at.training_id, 1),
    "ask for summary": lambda _: "/ringkasan",
    "ask for comparison": lambda _: "/banding",
    "list reports": lambda _: "/laporan",
    "ask for report": lambda at: encode("report", at.training_id),
    "list staff": lambda _: "/petugas",
    "invite administrator": lambda _: office_data("admin"),
    "invite coordinator": lambda at: office_data("one", at.training_id),
    "remove staff": lambda _: office_data("remove", TO_REMOVE),
    "read audit": lambda _: "/audit",
    "export audit": lambda _: office_data("csv"),
    "fill in office sheet": lambda at: encode("sheet", at.training_id),
    "look at export": lambda _: "/ekspor",
    "export answers": lambda _: office_data("answers"),
    "list requests": lambda _: "/permintaan",
    "close request": lambda at: office_data("wishdone", at.request_id),
}
WHO = [
    ("administrator", ADMINISTRATOR, "first"),
    ("administrator", INVITED_ADMINISTRATOR, "second"),
    ("all", COORDINATOR, "second"),
    ("own", OF_ONE, "first"),
    ("foreign", OF_ONE, "second"),
    ("nobody", STRANGER, "first"),
    ("nobody", REMOVED, "first"),
    ("nobody", FIRST_CHAT, "first"),  # a participant of that very training
]


def expected(column: str) -> dict[str, bool]:
    rows = re.findall(r"^\| ([a-zA-Z -]+?) +\| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    at = COLUMNS.index(column)
    return {
        action: cells.split("|")[at].strip() == "yes" for action, cells in rows if action in HOW
    }


def office(connection: Connection, who: int = COORDINATOR) -> dict[str, Place]:
    places = {}
    drafts = tuple(draft_of(connection, chat=who) for _ in range(3))
    for name, listed in (
        ("first", roster()),
        ("second", roster(code="ARS-1", title="Kearsipan", participants=(participant(7),))),
    ):
        training_id = import_class(connection, listed, connected=3 if name == "first" else 0)
        meant = Purpose(999, "coordinator", training_id, gives_up=False)
        invitation_id = invitations.add(connection, meant, NOW, GOOD).id
        round_id = round_of(connection, training_id, "followup_alumni").id
        lists = tuple(roster_drafts.keep(connection, who, "F", "a.xlsx", NOW).id for _ in range(2))
        roster_drafts.show(connection, lists[1], training_id, "0")
        came = {"name": "Budi", "unit": "", "phone": ""}
        guests = tuple(
            walk_ins.add(connection, training_id, f"{name}{number}", came, NOW)
            for number in range(2)
        )
        listed_one = add_person(connection, "Belum Terhubung")
        rosters.enrol(connection, training_id, "participant", [(listed_one, 0)])
        asked = tuple(
            stored_relinks.ask(connection, training_id, listed_one, chat_id, NOW)[0]
            for chat_id in (8000, 8001)
        )
        accounts.opened(connection, 8000, NOW)
        called_case(connection, training_id)
        places[name] = Place(
            training_id, round_id, invitation_id, drafts, guests, listed_one, asked, lists
        )
    stored.save(
        connection, INVITED_ADMINISTRATOR, "administrator", all_trainings=True, by=1, now=NOW
    )
    for chat_id in (OF_ONE, REMOVED, TO_REMOVE):
        stored.save(connection, chat_id, "coordinator", all_trainings=False, by=1, now=NOW)
        stored.give(connection, chat_id, places["first"].training_id)
    stored.leave(connection, REMOVED, NOW)
    questionnaires.keep(connection, questionnaire("office"), NOW)
    code = connection.scalars(select(tables.people.c.code)).first()
    requests.ask_correction(connection, code, "Nama saya keliru", NOW)
    return places


def called_case(connection: Connection, training_id: int) -> None:
    """K01 of that training, who would rather be called."""
    person = add_person(connection, "Ingin Ditelepon")
    cases.select_all(connection, training_id, [Selected(person, 1, "berhasil", 9)], NOW)
    case = cases.of_number(connection, training_id, 1)
    assert case is not None
    cases.ask_for_call(connection, case.id, NOW)


async def done(phones: Phones, who: int, what: str) -> None:
    if what == A_FORM:
        await phones.send_file(who, "formulir.xlsx")
    else:
        await (phones.write(who, what) if what.startswith("/") else phones.press(who, what))


@pytest.mark.parametrize(("column", "who", "where"), WHO)
async def test_who_may_do_what(database: Database, column: str, who: int, where: str):
    places = await database.run(office, who)
    phones = Phones(desk_on(database))
    allowed = {}
    for action, how in HOW.items():
        before = await database.run(audit.last_id)
        await done(phones, who, how(places[where]))
        lines = await database.run(audit.after, before, 9)
        if (action, column) == ("send file", "nobody"):  # a file of anybody else is an answer
            allowed[action] = bool(lines)
            continue
        assert len(lines) == 1
        logged = lines[0].detail.get("wanted", lines[0].action)
        assert logged == action
        allowed[action] = lines[0].action != "refused"
    assert allowed == expected(column)


def test_the_documented_matrix_has_every_action_and_no_other():
    rows = re.findall(r"^\| ([a-zA-Z -]+?) +\| (?:yes|no)", PAGE.read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(PERMITS) == sorted(HOW)


async def test_a_coordinator_of_one_training_lists_that_one_only(database: Database):
    await database.run(office)
    phones = Phones(desk_on(database))
    for command in ("/pelatihan", "/tindaklanjut", "/laporan"):
        await phones.write(OF_ONE, command)
        labels = [row[0].label for row in phones.screens[OF_ONE][-1].buttons]
        assert labels
        assert not [label for label in labels if "Kearsipan" in label]


@pytest.mark.parametrize("action", ["detail", "qr", "preview", "send", "cancel", "share", "pass"])
async def test_a_training_that_does_not_exist_is_refused_and_logged(
    database: Database, action: str
):
    phones = Phones(desk_on(database))
    for training_id in (0, 4711):
        shown = await phones.press(COORDINATOR, encode(action, training_id))  # type: ignore[arg-type]
        assert "tidak ada lagi" in shown
        line = (await database.run(audit.latest, 1))[0]
        assert line.detail["why"] == "pelatihan_tidak_ada"


async def test_a_refusal_is_logged_once_however_often_the_update_comes(database: Database):
    phones = Phones(desk_on(database))
    shown = [await phones.press(STRANGER, encode("send", 1), number=1) for _ in range(3)]
    assert len(set(shown)) == 1
    assert len(await database.run(audit.latest, 9)) == 1
