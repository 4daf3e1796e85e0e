import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.buttons import (
    ACTIONS,
    LARGEST_ID,
    MOST_BYTES,
    AnswerButton,
    Press,
    answer_data,
    decode,
    option_value,
    press_data,
)

SURVEY_ACTIONS = (
    "choose", "on", "off", "done", "back", "skip", "skip_yes", "skip_no", "keep", "keep_part",
    "review", "edit", "submit",
)  # fmt: skip


@given(
    st.builds(
        AnswerButton,
        st.integers(0, LARGEST_ID),
        st.integers(0, 9999),
        st.integers(0, 999_999_999),
        st.sampled_from(SURVEY_ACTIONS),
        st.builds(option_value, st.text(max_size=80), st.integers(0, 999)),
    )
)
def test_every_answer_button_fits_and_is_read_back(button: AnswerButton):
    data = answer_data(button)
    assert len(data.encode()) <= MOST_BYTES
    assert decode(data) == button


@given(
    st.builds(
        Press, st.sampled_from(sorted(ACTIONS)), st.integers(0, LARGEST_ID), st.text(max_size=8)
    )
)
def test_every_other_button_fits_and_is_read_back(press: Press):
    data = press_data(press.action, press.id, press.more)
    assert len(data.encode()) <= MOST_BYTES
    assert decode(data) == press


@given(st.text() | st.from_regex(r"[ap]:[a-z0-9:#_-]*", fullmatch=True))
def test_whatever_a_client_sends_is_read_or_refused_and_never_raises(data: str):
    assert decode(data) is None or data[:2] in {"a:", "p:"}


@pytest.mark.parametrize(
    "data",
    [
        "", "a:", "p:explode:1:", "a:1:2:3", "a:99999999999:1:1:choose:x", f"p:begin:{2**31}:",
        "a:1:-1:1:choose:x", "a:٣:1:1:choose:x", "k:begin:1:", "A:1:1:1:choose:x",
    ],
)  # fmt: skip
def test_what_is_no_button_of_ours_is_none(data: str):
    assert decode(data) is None


def test_too_much_data_and_unknown_actions_are_mistakes_of_ours():
    with pytest.raises(ValueError, match="64 bytes"):
        answer_data(AnswerButton(1, 1, 1, "choose", "x" * 60))
    with pytest.raises(ValueError, match="unknown action"):
        press_data("explode")


def test_a_long_code_is_carried_by_its_place():
    assert option_value("anggaran", 3) == "anggaran"
    assert option_value("a" * 21, 3) == "#3"
    assert option_value("#3", 0) == "#0"
