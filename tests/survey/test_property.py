"""Whatever people send: an interview asks again or ends, never raises, and asks only what applies."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.survey.flow import first_unanswered, walk
from bot.survey.prompts import NOTICES, Ask, Closed, Review, Thank
from bot.survey.questionnaire import Questionnaire
from bot.survey.record import Action, Response, Tap, Typed, Unsupported
from bot.survey.response import answer, begin, current, decline, resume, revise
from bot.survey.xlsform import compile_form
from tests.survey.forms import EVERYTHING, NOW, form, item, options
from tests.survey.roundtrip import stored

BUILT_IN = sorted((Path(__file__).parents[2] / "config" / "questionnaires").glob("*.md"))
FEW = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

_RELEVANTS = ("", "${q0} = 'ya'", "${q0} != 'ya'", "count-selected(${q1}) >= 2", "${q2} > 3")
_CONSTRAINTS = ("", "string-length(.) <= 5", "count-selected(.) <= 2", ". >= 2 and . <= 9")
_KINDS = ("select_one", "select_multiple", "integer", "decimal", "range", "date", "text", "note")
_OPTIONS = options(
    "ya",
    "tidak",
    "lain",
    "nihil",
    "keluar",
    lain={"free_text": True},
    nihil={"exclusive": True, "missing": "dont_know"},
    keluar={"end": "refused"},
)


@cache
def built_in(path: Path) -> Questionnaire:
    return compile_form(path)


@st.composite
def small_forms(draw):
    """Items whose conditions look back at q0, q1, q2 only: like any form that the compiler takes."""
    items = []
    for number in range(draw(st.integers(1, 7))):
        kind = draw(st.sampled_from(_KINDS))
        choice = kind.startswith("select")
        items.append(
            item(
                f"q{number}",
                kind,
                options=_OPTIONS if choice else (),
                stop=10,
                required=draw(st.booleans()),
                randomize=draw(st.booleans()),
                relevant=draw(st.sampled_from(_RELEVANTS)) if number > 2 else "",
                constraint=draw(st.sampled_from(_CONSTRAINTS)),
                choice_filter="not(selected(${q1}, name))" if choice and number > 3 else "",
            )
        )
    while len(items) < 3:  # what the conditions refer to is always there
        items.append(item(f"q{len(items)}", "text"))
    return form(*items)


forms = (
    st.one_of(small_forms(), st.just(EVERYTHING), st.sampled_from(BUILT_IN).map(built_in))
    if BUILT_IN
    else st.one_of(small_forms(), st.just(EVERYTHING))
)

texts = st.one_of(
    st.sampled_from(["1", "2", "ya", "1,3", "7", "-5", "1.250,5", "besok", "31/2/2026", "\x00", "x" * 4097]),
    st.text(max_size=12),
)  # fmt: skip


@st.composite
def replies(draw, questionnaire: Questionnaire, state: Response):
    """Mostly sensible: the button that is shown; sometimes an old, a foreign or an invented one."""
    prompt = current(questionnaire, state, NOW)
    kind = draw(st.sampled_from(["tap", "tap", "tap", "type", "type", "odd", "send"]))
    if kind == "send":
        return Unsupported(draw(st.sampled_from(["sticker", "voice", "photo"])))
    if kind == "type":
        return Typed(draw(texts))
    shown = prompt.options if isinstance(prompt, Ask) else ()
    codes = [view.code for view in shown] or ["ya"]
    action = draw(st.sampled_from(get_args(Action)))
    name, revision = state.current or "", state.revision
    if kind == "odd":
        name = draw(st.sampled_from([entry.name for entry in questionnaire.items]))
        revision = draw(st.integers(-1, state.revision + 1))
        codes = [*codes, "entah", ""]
    if isinstance(prompt, Review) and prompt.rows:
        name = draw(st.sampled_from([row.item for row in prompt.rows]))
    return Tap(action, name, revision, draw(st.sampled_from(codes)))


def sound(questionnaire, turn, now):
    """What must be true of every turn."""
    state = turn.response
    path = walk(questionnaire, state, now)
    applicable = {entry.name for entry in path.asked}
    assert set(state.answers) <= applicable | set(path.calculated)
    match turn.prompt:
        case Ask() as ask:
            assert ask.item.name == state.current
            assert ask.item.name in applicable
            assert 1 <= ask.position <= ask.total
            assert ask.notice is None or set(ask.notice.arguments) == set(NOTICES[ask.notice.key])
        case Review():
            assert state.stage == "review"
        case Thank():
            declined = state.disposition == "refused"
            assert declined or first_unanswered(path) is None
        case Closed():
            assert state.stage == "closed"


@FEW
@given(data=st.data(), questionnaire=forms, seed=st.integers(0, 3))
def test_any_sequence_of_replies_ends_or_asks_again(data, questionnaire, seed):
    now = NOW
    turn = begin(questionnaire, Response(1, questionnaire.name, "1", seed=seed), now)
    sound(questionnaire, turn, now)
    for _ in range(data.draw(st.integers(0, 25))):
        now += timedelta(seconds=data.draw(st.sampled_from([0, 1, 30])))
        before = stored(turn.response)
        turn = answer(questionnaire, before, data.draw(replies(questionnaire, before)), now)
        assert turn.response.revision in {before.revision, before.revision + 1}
        if turn.response.revision == before.revision:
            assert turn.recorded == turn.dropped == ()
        sound(questionnaire, turn, now)


@FEW
@given(data=st.data(), questionnaire=forms)
def test_stepping_back_and_forward_gives_the_same_data(data, questionnaire):
    turn = begin(questionnaire, Response(1, questionnaire.name, "1"), NOW)
    for _ in range(data.draw(st.integers(1, 12))):
        reply = data.draw(replies(questionnaire, turn.response))
        turn = answer(questionnaire, turn.response, reply, NOW + timedelta(minutes=1))
    before = turn.response
    if not isinstance(turn.prompt, Ask) or before.awaiting or turn.prompt.can_keep:
        return  # only from an open question: there "forward" means back to it
    steps = data.draw(st.integers(1, 4))
    for _ in range(steps):
        state = turn.response
        tap = Tap("back", state.current or "", state.revision)
        turn = answer(questionnaire, state, tap, NOW + timedelta(minutes=2))
    state = turn.response
    if state.current != before.current:
        tap = Tap("keep", state.current or "", state.revision)
        turn = answer(questionnaire, state, tap, NOW + timedelta(minutes=2))
    assert turn.response.answers == before.answers
    assert (turn.response.current, turn.response.stage) == (before.current, before.stage)


@FEW
@given(data=st.data(), questionnaire=forms)
def test_skipping_everything_comes_to_an_end(data, questionnaire):
    turn = begin(questionnaire, Response(1, questionnaire.name, "1"), NOW)
    for _ in range(2 * len(questionnaire.items) + 2):
        state = turn.response
        if state.stage != "asking":
            break
        action: Action = "skip_yes" if state.awaiting == "skip_confirm" else "skip"
        tap = Tap(action, state.current or "", state.revision)
        turn = answer(questionnaire, state, tap, NOW)
    assert isinstance(turn.prompt, Thank)


@FEW
@given(data=st.data(), questionnaire=forms)
def test_pausing_declining_and_revising_are_sound_from_anywhere(data, questionnaire):
    turn = begin(questionnaire, Response(1, questionnaire.name, "1"), NOW)
    names = [entry.name for entry in questionnaire.items]
    for _ in range(data.draw(st.integers(1, 8))):
        state = turn.response
        match data.draw(st.sampled_from(["answer", "answer", "resume", "decline", "revise"])):
            case "answer":
                turn = answer(questionnaire, state, data.draw(replies(questionnaire, state)), NOW)
            case "resume":
                turn = resume(questionnaire, state, NOW)
            case "decline":
                turn = decline(questionnaire, state, NOW)
            case _:
                turn = revise(questionnaire, state, data.draw(st.sampled_from(names)), NOW)
        sound(questionnaire, turn, NOW)
    closed = replace(turn.response, stage="closed")
    assert isinstance(current(questionnaire, closed, NOW), Closed)


@st.composite
def branching_forms(draw):
    """Questions that each open or close some of those after them."""
    count = draw(st.integers(6, 14))
    openers = st.sampled_from(["", "", "${q0} = 'ya'", "${q1} = 'ya'", "${q2} != 'ya'"])
    relevants = ["", "", "", *(draw(openers) for _ in range(count - 3))]
    return form(*(item(f"q{at}", relevant=relevants[at]) for at in range(count)))


@FEW
@given(data=st.data(), questionnaire=st.one_of(branching_forms(), branching_forms(), forms))
def test_the_progress_never_runs_backwards_and_what_is_left_is_never_negative(data, questionnaire):
    """At the next open question, whatever was changed before it; going back shows the earlier number."""
    now = NOW
    turn = begin(questionnaire, Response(1, questionnaire.name, "1"), now)
    furthest = 0
    for _ in range(data.draw(st.integers(5, 40))):
        now += timedelta(seconds=20)
        state = turn.response
        if isinstance(turn.prompt, Ask):
            ask, left = turn.prompt, turn.prompt.left
            assert left is not None
            assert min(left.taps, left.texts) >= 0
            assert ask.position <= ask.total
            if ask.item.name not in state.answers:
                assert left.taps + left.texts >= 1
                assert ask.position >= furthest
                furthest = ask.position
        if state.answers and data.draw(st.integers(0, 3)) == 0:
            name = data.draw(st.sampled_from(sorted(state.answers)))
            turn = revise(questionnaire, state, name, now)
        elif isinstance(turn.prompt, Ask) and turn.prompt.item.kind == "select_one":
            code = data.draw(st.sampled_from([view.code for view in turn.prompt.options]))
            tap = Tap("choose", turn.prompt.item.name, state.revision, code)
            turn = answer(questionnaire, state, tap, now)
        else:
            turn = answer(questionnaire, state, data.draw(replies(questionnaire, state)), now)
