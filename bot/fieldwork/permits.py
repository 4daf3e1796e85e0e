"""Who may do what: one table, which every event of staff asks through `staff.attend`. Nothing else decides. Pure.

To add an action: a word here, a row in PERMITS, its sentence `audit_WORD` in config/texts/staff.*.po, and a row in the
matrix of tests/chat/test_role_matrix.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Role = Literal["administrator", "coordinator"]
Reach = Literal["none", "own", "every"]
Action = Literal[
    "list trainings", "list follow-ups", "look at training", "show class QR", "preview follow-up",
    "trigger follow-up", "take back follow-up", "cancel follow-up", "look at status", "list unanswered", "look at round", "extend round", "write result news", "send result news", "pause sending", "resume sending", "stop sending",
    "close round", "reopen round", "give up round", "plan round again",
    "export ledger", "preview reminder", "remind now", "explain contacts",
    "ask for summary", "ask for comparison", "list reports", "ask for report", "list staff", "invite administrator",
    "invite coordinator", "withdraw invitation", "remove staff", "hand over training", "read audit",
    "export audit", "look at export", "export answers", "list requests", "close request", "fill in office sheet", "list forms", "send file", "try form", "end trial", "publish form", "drop form",
    "look at interviews", "select interviews", "write interview notes", "export interviews",
    "open class", "watch class", "extend class", "begin evaluation", "list missing",
    "list walk-ins", "match walk-in", "take in walk-in", "undo match", "key in", "list moves", "move account", "refuse move", "write links", "print paper", "write class contents",
    "write letters", "confirm superior",
    "aim roster", "choose for roster", "save roster", "drop roster",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Permit:
    """`own`: the trainings a coordinator was given; without a training it means that the list shows those only."""

    administrator: Reach
    coordinator: Reach
    needs_training: bool = False
    only_looks: bool = False  # shows numbers or titles, no name: in the export of the log, not among its last lines


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works here now."""

    chat_id: int
    role: Role
    all_trainings: bool
    trainings: frozenset[int] = frozenset()
    by_settings: bool = (
        False  # named in ADMIN_IDS or COORDINATOR_IDS: counts whatever the chat says
    )

    def has(self, training_id: int) -> bool:
        return self.all_trainings or training_id in self.trainings


PERMITS: Mapping[Action, Permit] = {
    "list trainings": Permit("every", "own", only_looks=True),
    "list follow-ups": Permit("every", "own", only_looks=True),
    "look at training": Permit("every", "own", needs_training=True, only_looks=True),
    "show class QR": Permit("every", "own", needs_training=True),
    "preview follow-up": Permit("every", "own", needs_training=True),
    "trigger follow-up": Permit("every", "own", needs_training=True),
    "take back follow-up": Permit("every", "own", needs_training=True),
    "cancel follow-up": Permit("every", "own", needs_training=True),
    "look at status": Permit("every", "own", needs_training=True, only_looks=True),
    "list unanswered": Permit("every", "own", needs_training=True),
    "export ledger": Permit("every", "own", needs_training=True),
    "preview reminder": Permit("every", "own", needs_training=True, only_looks=True),
    "remind now": Permit("every", "own", needs_training=True),
    "look at round": Permit("every", "own", needs_training=True, only_looks=True),
    "extend round": Permit("every", "own", needs_training=True),
    "close round": Permit("every", "own", needs_training=True),
    "reopen round": Permit("every", "own", needs_training=True),
    "give up round": Permit("every", "own", needs_training=True),
    "plan round again": Permit("every", "own", needs_training=True),
    "pause sending": Permit("every", "own", needs_training=True),
    "resume sending": Permit("every", "own", needs_training=True),
    "stop sending": Permit("every", "own", needs_training=True),
    "write result news": Permit("every", "own", needs_training=True),
    "send result news": Permit("every", "own", needs_training=True),
    "explain contacts": Permit("every", "own"),  # finds people of one's own trainings only
    "hand over training": Permit("every", "own", needs_training=True),
    "withdraw invitation": Permit("every", "own"),  # of a training, or of one's own making
    "open class": Permit("every", "every"),  # whoever opens it has the training
    "watch class": Permit("every", "own", needs_training=True, only_looks=True),
    "extend class": Permit("every", "own", needs_training=True),
    "begin evaluation": Permit("every", "own", needs_training=True),
    "list missing": Permit("every", "own", needs_training=True),
    "list walk-ins": Permit("every", "own", needs_training=True),
    "match walk-in": Permit("every", "own", needs_training=True),
    "take in walk-in": Permit("every", "own", needs_training=True),
    "key in": Permit("every", "own", needs_training=True),
    "list moves": Permit("every", "own"),
    "move account": Permit("every", "own", needs_training=True),
    "refuse move": Permit("every", "own", needs_training=True),
    "write links": Permit("every", "own", needs_training=True),
    "print paper": Permit("every", "own", needs_training=True),
    "write class contents": Permit("every", "own", needs_training=True),
    "write letters": Permit("every", "own", needs_training=True),
    "confirm superior": Permit("every", "own", needs_training=True),
    "undo match": Permit("every", "own", needs_training=True),
    "look at interviews": Permit("every", "own", needs_training=True, only_looks=True),
    "select interviews": Permit("every", "own", needs_training=True),
    "write interview notes": Permit("every", "own", needs_training=True),
    "export interviews": Permit("every", "own", needs_training=True),
    "ask for summary": Permit("every", "none"),
    "ask for comparison": Permit("every", "none"),
    "list reports": Permit("every", "own", only_looks=True),
    "ask for report": Permit("every", "own", needs_training=True),
    "list staff": Permit("every", "none", only_looks=True),
    "invite administrator": Permit("every", "none"),
    "invite coordinator": Permit("every", "none"),
    "remove staff": Permit("every", "none"),
    "read audit": Permit("every", "none"),
    "export audit": Permit("every", "none"),
    "fill in office sheet": Permit("every", "own", needs_training=True),
    "look at export": Permit("every", "none", only_looks=True),
    "export answers": Permit("every", "none"),
    "list requests": Permit("every", "none"),
    "close request": Permit("every", "none"),
    # Questionnaires are the study's: whoever has a training may change what every later round asks.
    "list forms": Permit("every", "every", only_looks=True),
    "send file": Permit(
        "every", "every"
    ),  # a form or a list of participants: it is read elsewhere, and nothing changes
    "try form": Permit("every", "every"),
    "end trial": Permit("every", "every"),
    "publish form": Permit("every", "every"),
    "drop form": Permit("every", "every"),
    "aim roster": Permit("every", "own", needs_training=True),
    "choose for roster": Permit("every", "own", only_looks=True),  # among one's own
    "save roster": Permit("every", "own"),  # the training is the list's
    "drop roster": Permit("every", "own"),
}


def why_not(action: Action, staff: Staff | None, training_id: int | None) -> str:
    """The key of the sentence that refuses; "" when it is allowed. A training that must be given is checked by `attend`."""
    if staff is None:
        return "bukan_petugas"
    permit = PERMITS[action]
    reach = permit.administrator if staff.role == "administrator" else permit.coordinator
    if reach == "none":
        return "hanya_administrator"
    if reach == "own" and training_id is not None and not staff.has(training_id):
        return "pelatihan_orang_lain"
    return ""
