"""Which handler answers what."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Update

from bot.chat import routing
from bot.chat.desk import Desk
from bot.chat.handlers import (
    administrator,
    coordinator,
    forms,
    invitations,
    participant,
    reports,
    start,
    typed,
)
from bot.chat.menu import PARTICIPANT, commands, staff_names
from bot.chat.outgoing import LeaveChat, SendMessage
from bot.clock import FollowedClock
from bot.survey.study import study_from
from config.settings import load_study
from tests.chat.scripted_telegram import tap_update, text_update
from tests.sentences import TEXTS

CONFIG = Path(__file__).parent.parent.parent / "config"


def update_of(raw: dict) -> Update:
    return Update.de_json(raw, None)


def member_update(status: str, chat_type: str = "private") -> Update:
    person = {"id": 1, "is_bot": False, "first_name": "Uji"}
    user = {"id": 9, "is_bot": True, "first_name": "Bot"}
    new = {"user": user, "status": status, **({"until_date": 0} if status == "kicked" else {})}
    changed = {
        "chat": {"id": 1 if chat_type == "private" else -5, "type": chat_type, "title": "Kelas"},
        "from": person, "date": 0,
        "old_chat_member": {"user": user, "status": "member"}, "new_chat_member": new,
    }  # fmt: skip
    return update_of({"update_id": 1, "my_chat_member": changed})


def group_update() -> Update:
    raw = text_update(1, -5, "/start")
    raw["message"]["chat"] = {"id": -5, "type": "supergroup", "title": "Kelas"}
    return update_of(raw)


TYPED = [
    ("/start p1234", start.on_start),
    ("/START@bungo_bot", start.on_start),
    ("/lanjut", participant.on_continue),
    ("/jawaban", participant.on_my_answers),
    ("/bantuan", participant.on_help),
    ("/help", participant.on_help),
    ("/bahasa", participant.on_language),
    ("/berhenti", participant.on_stop),
    ("/datasaya", participant.on_my_data),
    ("/koreksi", participant.on_correct),
    ("/hapus", participant.on_erase),
    ("/pelatihan", coordinator.on_trainings),
    ("/tindaklanjut", coordinator.on_follow_up),
    ("/formulir", forms.on_forms),
    ("/laporan", reports.on_reports),
    ("/laporan keuangan", reports.on_reports),
    ("/ringkasan", administrator.on_summary),
    ("/petugas", administrator.on_staff),
    ("/audit", administrator.on_audit),
    ("/unknown", typed.on_text),
    ("/", typed.on_text),
    ("lihat /start", typed.on_text),
    ("2", typed.on_text),
]
TAPPED = [
    ("a:1:2:3:choose:x", participant.on_tap),
    ("p:help:0:", participant.on_tap),
    ("k:x", coordinator.on_press),
    ("m:x", administrator.on_press),
    ("j:x", invitations.on_answer),
    ("f:try:1", forms.on_press),
    ("c:1:2:3:choose:x", forms.on_trial_tap),
    ("forged", participant.on_tap),
    ("", participant.on_tap),
]


@pytest.mark.parametrize(("text", "handler"), TYPED)
def test_typed(text: str, handler: routing.Handler):
    assert routing.handler_for(update_of(text_update(1, 1, text))) is handler


@pytest.mark.parametrize(("data", "handler"), TAPPED)
def test_tapped(data: str, handler: routing.Handler):
    assert routing.handler_for(update_of(tap_update(1, 1, data))) is handler


def test_an_edited_message_has_its_own_handler():
    raw = text_update(1, 1)
    raw["edited_message"] = raw.pop("message")
    assert routing.handler_for(update_of(raw)) is participant.on_edited


def test_a_sticker_is_no_text():
    raw = text_update(1, 1)
    del raw["message"]["text"]
    assert routing.handler_for(update_of(raw)) is typed.on_other


@pytest.mark.parametrize(
    ("status", "handler"),
    [("kicked", participant.on_blocked), ("member", participant.on_unblocked)],
)
def test_blocking_and_coming_back(status: str, handler: routing.Handler):
    assert routing.handler_for(member_update(status)) is handler


def test_an_update_that_nobody_asked_for_has_no_handler():
    assert routing.handler_for(update_of({"update_id": 1})) is None


@pytest.mark.parametrize("update", [group_update(), member_update("member", "group")])
async def test_in_a_group_the_bot_says_that_it_works_in_private_and_leaves(update: Update):
    said, left = await routing.answered(desk(), update)
    assert isinstance(said, SendMessage)
    assert "percakapan pribadi" in said.screen.text
    assert left == LeaveChat(-5)


async def test_when_it_has_left_a_group_it_says_no_more():
    assert await routing.answered(desk(), member_update("left", "group")) == []


@pytest.mark.parametrize("language", TEXTS.languages())
def test_every_command_of_the_menu_is_routed_and_described(language: str):
    offered = commands(staff_names("administrator"), TEXTS, language)
    assert {name for name, _ in offered} <= set(routing.COMMANDS)
    assert all(3 <= len(description) <= 256 for _, description in offered)


@pytest.mark.parametrize("language", TEXTS.languages())
def test_the_help_names_every_command_of_a_participants_menu(language: str):
    text = TEXTS.sentences[language]["bantuan"]
    named = set(re.findall(r"^/([a-z]+)", text, re.MULTILINE))
    assert named | {"bantuan"} == set(PARTICIPANT)


def test_only_administrators_are_offered_their_commands():
    assert "ringkasan" in staff_names("administrator")
    assert "ringkasan" not in staff_names("coordinator")
    assert not {"ringkasan", "pelatihan"} & set(PARTICIPANT)


def desk() -> Desk:
    async def run(*_: object) -> None:
        raise AssertionError("a group needs no transaction")

    clock = FollowedClock(datetime(2026, 10, 16, tzinfo=UTC))
    study = study_from(load_study(CONFIG / "study.toml"))
    return Desk(run, study, TEXTS, clock, b"s" * 32, "bot")
