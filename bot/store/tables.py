"""The tables. One source for the queries and for the migrations; no query lives here.

Telegram ids need 52 bits, so they are BigInteger.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)  # fmt: skip

from bot.store import case_tables
from bot.store.columns import identity as _identity
from bot.store.columns import to as _to
from bot.store.moments import UtcDateTime

metadata = case_tables.metadata  # with those of the office, a class, the law and interviews in it

# ---- who ---------------------------------------------------------------------------------------

people = Table(
    "people", metadata, _identity(),
    Column("code", String(16), nullable=False, unique=True),  # random pseudonym, used in every export
    Column("name", Text, nullable=False),
    Column("nip", String(18), unique=True),
    Column("birth_date", Date),
    Column("unit", Text, nullable=False, server_default=""),
    Column("unit_group", Text, nullable=False, server_default=""),
    Column("grade", Text, nullable=False, server_default=""),
    Column("grade_group", Text, nullable=False, server_default=""),
    Column("position", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("zone", String(40)),  # None: the training's
    Column("do_not_contact_at", UtcDateTime),
)  # fmt: skip

accounts = Table(  # one Telegram account; what the conversation remembers between two updates
    "accounts", metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    _to("people.id", "person_id", nullable=True, index=True, unique=True),
    Column("language", String(8), nullable=False, server_default="id"),
    Column("response_id", Integer, ForeignKey("responses.id", ondelete="SET NULL", use_alter=True)),
    Column("card_message_id", BigInteger),  # the card that has buttons now
    # Only a message with a higher number answers the present question; of older ones the person is told once.
    Column("answers_after", BigInteger, nullable=False, server_default="0"),
    Column("told_early", Boolean, nullable=False, server_default=false()),
    Column("expecting", JSON, nullable=False),  # {"what": "name_letters", "training": 3}, or {}
    Column("blocked_at", UtcDateTime),
    Column("last_update_at", UtcDateTime),
    Column("linked_at", UtcDateTime),
)  # fmt: skip

links = Table(  # personal links; only their hash is kept
    "links", metadata,
    Column("token_hash", String(64), primary_key=True),
    _to("people.id", "person_id", index=True),
    _to("trainings.id", "training_id", nullable=True),  # None: made before this was kept
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("used_by", BigInteger),
    Column("disabled_at", UtcDateTime),  # replaced by a newer one, or "not for me"
)  # fmt: skip

consents = Table(  # append-only: the proof
    "consents", metadata, _identity(),
    _to("people.id", "person_id", index=True),
    _to("rounds.id", "round_id"),
    Column("notice_version", String(20), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("on_behalf", Boolean, nullable=False),  # a proxy filled in for the superior
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

# ---- what ---------------------------------------------------------------------------------------

trainings = Table(
    "trainings", metadata, _identity(),
    Column("code", String(20), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("cohort", Text, nullable=False, server_default=""),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("zone", String(40), nullable=False),
    Column("seed", Integer, nullable=False),  # for draws that must be repeatable
)  # fmt: skip

instructors = Table(
    "instructors", metadata, _identity(), _to("trainings.id", "training_id", index=True),
    Column("position", Integer, nullable=False), Column("name", Text, nullable=False),
    UniqueConstraint("training_id", "position"),
)  # fmt: skip

competences = Table(
    "competences", metadata, _identity(), _to("trainings.id", "training_id", index=True),
    Column("position", Integer, nullable=False), Column("label", Text, nullable=False),
    UniqueConstraint("training_id", "position"),
)  # fmt: skip

enrolments = Table(  # a person in a training in a role; a superior once per alumnus rated
    "enrolments", metadata, _identity(), _to("trainings.id", "training_id"),
    _to("people.id", "person_id", index=True),
    Column("role", String(12), nullable=False),  # participant, superior, peer
    Column("about_id", Integer, nullable=False, server_default="0"),  # people.id of the alumnus, or 0
    Column("standing", String(8), nullable=False, server_default="listed"),  # walk_in: not on the list; extra: taken in all the same
    Column("came_at", UtcDateTime),  # of a walk-in
    Column("left_at", UtcDateTime),
    Column("unsure_since", UtcDateTime),  # the alumnus moved: not asked before the office confirms who the superior is
    Column("memory", JSON, nullable=False),  # answers kept by store_as: {"komitmen_t0": "..."}
    UniqueConstraint("training_id", "person_id", "role", "about_id"),
)  # fmt: skip

letters = Table(  # the surat pengantar of a training: what superiors are shown when they open their link
    "letters", metadata,
    _to("trainings.id", "training_id", primary_key=True),
    Column("number", String(60), nullable=False),
    Column("dated_on", Date, nullable=False),
)  # fmt: skip

questionnaires = Table(
    "questionnaires", metadata, _identity(),
    Column("name", String(64), nullable=False), Column("version", String(40), nullable=False),
    Column("body", Text, nullable=False),  # compiled, as JSON; immutable
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("name", "version"),
)  # fmt: skip

publications = Table(  # append-only: the last one of a questionnaire is in use
    "publications", metadata, _identity(), _to("questionnaires.id", "questionnaire_id", index=True),
    Column("published_by", BigInteger),  # chat id of the colleague, None when it came from the folder
    Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

# ---- fieldwork -----------------------------------------------------------------------------------

rounds = Table(
    "rounds", metadata, _identity(), _to("trainings.id", "training_id"),
    Column("kind", String(24), nullable=False),  # a key of [rounds] in study.toml
    Column("questionnaire_id", Integer, ForeignKey("questionnaires.id")),  # fixed when it opens
    Column("opens_at", UtcDateTime), Column("closes_at", UtcDateTime),
    Column("opened_at", UtcDateTime), Column("closed_at", UtcDateTime),
    Column("triggered_by", BigInteger),  # chat id of the coordinator, None when the plan did it
    Column("close_failures", Integer, nullable=False, server_default="0"),
    Column("close_again_at", UtcDateTime),  # after a failure: not tried before
    Column("confirmed_at", UtcDateTime),  # by a coordinator; until it opens this can be taken back
    Column("planned_opens_at", UtcDateTime),  # what the plan said when it was confirmed
    Column("board_message_id", BigInteger),  # in the chat `triggered_by`: shows how the sending goes
    Column("board_shown", String(80), nullable=False, server_default=""),  # the counts it shows
    Column("paused_at", UtcDateTime),  # while it is paused nobody is written to
    Column("extended_by", Integer, nullable=False, server_default="0"),  # working days beyond the plan
    UniqueConstraint("training_id", "kind"),
    Index("ix_rounds_due", "opened_at", "closed_at", "opens_at", "closes_at"),
)  # fmt: skip

responses = Table(
    "responses", metadata, _identity(), _to("rounds.id", "round_id"),
    _to("people.id", "person_id", index=True),
    Column("about_id", Integer, nullable=False, server_default="0"),
    Column("questionnaire_id", Integer, ForeignKey("questionnaires.id"), nullable=False),
    Column("language", String(8), nullable=False, server_default="id"),
    Column("disposition", String(16), nullable=False),
    Column("stage", String(12), nullable=False),  # see survey.response.Response
    Column("current", String(64)),
    Column("awaiting", String(16), nullable=False, server_default=""),
    Column("chosen", JSON, nullable=False),
    Column("view", String(80), nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("seed", Integer, nullable=False),
    Column("hidden", JSON, nullable=False),  # filled from the enrolment when the round opened
    Column("furthest", Integer, nullable=False, server_default="0"),
    Column("skip_confirmed", Boolean, nullable=False, server_default="0"),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("begun_at", UtcDateTime), Column("shown_at", UtcDateTime), Column("completed_at", UtcDateTime),
    Column("settled_at", UtcDateTime),  # when its round closed
    Column("released", Boolean, nullable=False, server_default="0"),  # anonymous: its answers are elsewhere
    Column("mode", String(12), nullable=False, server_default="chat"),  # keyed_in: from paper, by a colleague; called
    Column("proxy", Boolean, nullable=False, server_default="0"),  # somebody answers in the place of the superior
    UniqueConstraint("round_id", "person_id", "about_id"),
)  # fmt: skip

answers = Table(
    "answers", metadata,
    _to("responses.id", "response_id", primary_key=True),
    Column("item", String(64), primary_key=True),
    Column("value", Text, nullable=False), Column("missing", String(16), nullable=False),
    Column("other", Text, nullable=False), Column("seconds", Float),
    Column("revised", Integer, nullable=False), Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

answer_messages = Table(  # which message of a chat gave an answer, so that editing it revises the answer
    "answer_messages", metadata,
    Column("chat_id", BigInteger, primary_key=True), Column("message_id", BigInteger, primary_key=True),
    _to("responses.id", "response_id", index=True),
    Column("item", String(64), nullable=False),
    Column("is_other", Boolean, nullable=False),  # it wrote what "Lainnya" means
    Column("part", Integer, nullable=False),  # of an answer in several messages, from 0; -1: none yet
    Column("length", Integer, nullable=False),  # of its part of the answer; the text itself stands there only
    Column("edited_at", UtcDateTime),  # by Telegram's clock; an older edit that comes late counts no more
)  # fmt: skip

answer_history = Table(  # what an edit replaced
    "answer_history", metadata, _identity(), _to("responses.id", "response_id", index=True),
    Column("item", String(64), nullable=False), Column("value", Text, nullable=False),
    Column("missing", String(16), nullable=False), Column("other", Text, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False), Column("replaced_at", UtcDateTime, nullable=False),
)  # fmt: skip

disposition_history = Table(
    "disposition_history", metadata, _identity(), _to("responses.id", "response_id", index=True),
    Column("disposition", String(16), nullable=False), Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

contacts = Table(  # one message that we initiate, per respondent and round: step 0 is the invitation
    "contacts", metadata, _identity(), _to("rounds.id", "round_id"),
    _to("people.id", "person_id"),
    Column("step", Integer, nullable=False),
    Column("kind", String(16), nullable=False),  # invitation, reminder, last_call, snooze, news
    Column("state", String(16), nullable=False),  # planned, claimed, sent, unreachable, unknown, cancelled
    Column("due_at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime), Column("sent_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),  # why it was postponed or cancelled
    UniqueConstraint("round_id", "person_id", "step"),
    Index("ix_contacts_due", "state", "due_at"), Index("ix_contacts_person", "person_id", "sent_at"),
)  # fmt: skip

releases = Table(  # one row: what evaluation has published so far (its register, as JSON)
    "releases", metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False), Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

jobs = Table(  # long work asked for in chat
    "jobs", metadata, _identity(),
    Column("kind", String(24), nullable=False), Column("chat_id", BigInteger, nullable=False),
    Column("arguments", JSON, nullable=False), Column("state", String(12), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False), Column("claimed_at", UtcDateTime),
    Column("done_at", UtcDateTime), Column("note", Text, nullable=False, server_default=""),
    Index("ix_jobs_state", "state", "asked_at"),
)  # fmt: skip

# ---- housekeeping ---------------------------------------------------------------------------------

seen_updates = Table(
    "seen_updates", metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)  # fmt: skip

poison_updates = Table(
    "poison_updates", metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("problem", Text, nullable=False), Column("at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),  # when the administrators heard of it
)  # fmt: skip

signs_of_life = Table(  # one row: when the bot was last known to run
    "signs_of_life", metadata,
    Column("name", String(16), primary_key=True), Column("at", UtcDateTime, nullable=False),
)  # fmt: skip

audit = Table(  # append-only: a trigger of the database refuses to change or delete a line (v0005_staff)
    "audit", metadata, _identity(),
    Column("at", UtcDateTime, nullable=False), Column("actor", String(40), nullable=False),
    Column("action", String(40), nullable=False), Column("detail", JSON, nullable=False),
)  # fmt: skip
