"""Calls against the API description, without HTTP."""

import json

import pytest

from bot.simulator.extract import METHODS, extracted
from bot.simulator.methods.table import METHODS as OFFERED
from bot.simulator.spec import built_in, problems

SPEC = built_in()


def found(method: str, uploads=(), **parameters) -> list[str]:
    return [problem.text for problem in problems(SPEC, method, parameters, uploads)]


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x"}),
        ("sendMessage", {"chat_id": "1", "text": "x", "disable_notification": "true"}),
        ("sendMessage", {"chat_id": 1, "text": "5"}),
        ("getUpdates", {"offset": "5", "allowed_updates": '["message"]'}),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": '{"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}'}),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"remove_keyboard": True}}),
        ("setMyCommands", {"commands": '[{"command": "a", "description": "b"}]', "scope": '{"type": "chat", "chat_id": 1}'}),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 1}]}),
    ],
)  # fmt: skip
def test_a_valid_call_has_no_problem(method, parameters):
    assert found(method, **parameters) == []


@pytest.mark.parametrize(
    ("method", "parameters", "problem"),
    [
        ("sendMesage", {}, "unknown method sendMesage"),
        ("sendMessage", {"chat_id": 1, "text": "x", "txt": 1}, "unknown parameter txt"),
        ("sendMessage", {"chat_id": 1}, "parameter text is required"),
        ("sendPhoto", {"chat_id": 1}, "parameter photo is required"),
        ("getUpdates", {"offset": "soon"}, "offset must be Integer"),
        ("sendMessage", {"chat_id": 1, "text": "x", "protect_content": "maybe"}, "protect_content must be Boolean"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "b"}]]}},
         "reply_markup.inline_keyboard[0][0].text is required"),
        ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "data": "b"}]]}},
         "unknown field reply_markup.inline_keyboard[0][0].data"),
        ("sendMessage", {"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": "0", "length": 1}]},
         "entities[0].offset must be Integer"),
        ("setMyCommands", {"commands": '[{"command": "a"}]'}, "commands[0].description is required"),
    ],
)  # fmt: skip
def test_a_slip_is_named(method, parameters, problem):
    assert found(method, **parameters) == [problem]


def test_an_uploaded_file_counts_as_given():
    assert found("sendPhoto", ["photo"], chat_id=1) == []


def test_every_method_of_the_extract_is_served():
    assert set(METHODS) == set(OFFERED) | {"getUpdates"} == set(SPEC.methods)


def test_the_extract_takes_the_types_that_its_parameters_need():
    fields = [{"name": "scope", "types": ["Array of A"], "required": True, "description": "prose"}]
    methods = {name: {"fields": fields if name == "getMe" else []} for name in METHODS}
    types = {"A": {"subtypes": ["B"]}, "B": {"fields": []}, "C": {"fields": []}}
    extract = extracted({"version": "x", "methods": methods, "types": types})
    assert set(extract["types"]) == {"A", "B"}
    assert "prose" not in json.dumps(extract)
    assert "MIT License" in json.dumps(extract)
