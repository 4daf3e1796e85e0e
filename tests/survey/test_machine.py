"""An interview played by a machine: random forms, random replies, old buttons, pauses, days that pass.

Between any two steps the response and its questionnaire go through JSON, as through the store, and a shadow of the
store is kept from what each turn says it recorded and dropped. In the suite the same games are played every time; a
longer run by hand: `python -m tests.survey.test_machine 5000`.
"""

import sys
from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.survey.expressions import is_true, looks_at, references
from bot.survey.flow import Walk, first_unanswered, walk
from bot.survey.prompts import NOTICES, Ask, Closed, Prompt, Review, Thank
from bot.survey.questionnaire_json import from_json, to_json
from bot.survey.record import Action, Correction, Reply, Response, Tap, Turn, Typed, Unsupported
from bot.survey.response import amend, answer, begin, current, decline, resume, revise
from tests.survey.forms import EVERYTHING, NOW
from tests.survey.random_forms import random_forms
from tests.survey.roundtrip import stored
from tests.survey.test_property import BUILT_IN, built_in, small_forms, texts

written_forms = st.integers(0, 39).map(lambda number: random_forms(40)[number])
forms = st.one_of(
    written_forms, written_forms, st.just(EVERYTHING), st.sampled_from(BUILT_IN).map(built_in), small_forms(),
)  # fmt: skip
_WRITTEN = {
    "integer": ("12", "3"), "decimal": ("2,5", "40"), "range": ("5", "0"), "text": ("baik", "x"),
    "date": ("20/11/2026", "1 Januari 2021"),
}  # fmt: skip
actions = st.sampled_from(get_args(Action))


class Interview(RuleBasedStateMachine):
    """One person with a phone, and whoever reads the tables afterwards."""

    @initialize(questionnaire=forms, seed=st.integers(0, 3), language=st.sampled_from(["id", "en"]))
    def invited(self, questionnaire, seed, language):
        self.questionnaire = from_json(to_json(questionnaire))
        assert self.questionnaire == questionnaire
        self.now = NOW
        self.tables = {}
        self.last_tap = None
        self.changed_at = NOW
        issued = Response(1, "f", "1", language, seed=seed)
        self.keep(begin(self.questionnaire, issued, self.now), began_at=issued)

    # ---- what people do

    @rule(data=st.data(), seconds=st.sampled_from([0, 1, 7, 60]))
    def taps_what_is_shown(self, data, seconds):
        self.later(seconds=seconds)
        self.say(data.draw(st.sampled_from(self.buttons())))

    @rule(picks=st.lists(st.integers(0, 9), min_size=3, max_size=12), twice=st.booleans())
    def answers_some_questions(self, picks, twice):
        for pick in picks:
            self.later(seconds=7)
            self.say(self.sensible(pick))
            if twice and self.last_tap:
                self.taps_the_same_button_again()

    @rule(data=st.data(), picks=st.lists(st.integers(0, 9), min_size=1, max_size=6))
    def changes_an_answer(self, data, picks):
        held = sorted(set(self.turn.response.answers) - set(self.calculated()))
        if not held:
            return
        name = data.draw(st.sampled_from(held))
        self.goes_to(name)
        if self.turn.response.current == name and self.questionnaire.item(name).options:
            assert list(self.turn.response.chosen) == self.tables[name].value.split()
        for pick in picks:
            self.say(self.sensible(pick))

    @rule(text=texts)
    def types(self, text):
        self.later(seconds=20)
        self.say(Typed(text))

    @rule(
        data=st.data(),
        text=st.one_of(texts, st.sampled_from(["ya", "tidak", "12", "baik"])),
        other=st.booleans(),
    )
    def edits_a_message(self, data, text, other):
        """Of any answer; the question shown stays while it is asked."""
        before = self.turn.response
        held = sorted(set(before.answers) - set(self.calculated()))
        if held:
            correction = Correction(data.draw(st.sampled_from(held)), Typed(text), other)
            self.keep(amend(self.questionnaire, before, correction, self.now))
            again = amend(self.questionnaire, self.turn.response, correction, self.now)
            assert (again.response, again.recorded) == (self.turn.response, ())

    @precondition(lambda self: self.turn.response.stage == "asking")
    @rule(text=texts)
    def mends_a_refused_message(self, text):
        before = self.turn.response
        correction = Correction(before.current or "", Typed(text), is_new=True)
        self.keep(amend(self.questionnaire, before, correction, self.now))

    @precondition(lambda self: self.takes_words())
    @rule(keeps=st.booleans())
    def writes_too_much(self, keeps):
        self.say(Typed("panjang sekali " * 400))
        if keeps:
            self.say(self.tap("keep_part"))

    @rule(kind=st.sampled_from(["sticker", "voice", "photo", "location"]))
    def sends_something_else(self, kind):
        before = self.turn.response
        self.say(Unsupported(kind))
        assert self.turn.response == before

    @rule(data=st.data(), action=actions, older=st.integers(1, 9))
    def taps_an_old_card(self, data, action, older):
        """Whatever stands on it, nothing is answered; only "review" is for any time."""
        state = self.turn.response
        names = [entry.name for entry in self.questionnaire.items]
        name = data.draw(st.sampled_from([state.current or names[0], *names[:4]]))
        if action == "review" or (name == state.current and action in {"on", "off", "done"}):
            return
        self.say(
            Tap(action, name, state.revision - older, data.draw(st.sampled_from(self.codes())))
        )
        assert self.turn.response == state

    @rule(data=st.data(), action=actions)
    def sends_an_invented_tap(self, data, action):
        name = data.draw(
            st.sampled_from([entry.name for entry in self.questionnaire.items]) | st.just("x")
        )
        revision = self.turn.response.revision + data.draw(st.integers(-1, 2))
        self.say(
            Tap(action, name, revision, data.draw(st.sampled_from([*self.codes(), "entah", ""])))
        )

    @precondition(lambda self: self.last_tap is not None)
    @rule()
    def taps_the_same_button_again(self):
        before = self.turn.response.answers
        self.say(self.last_tap)
        assert self.turn.response.answers == before

    @rule(days=st.sampled_from([0, 1, 40]))
    def pauses(self, days):
        self.later(days=days)
        before = self.turn.response
        self.keep(resume(self.questionnaire, before, self.now))

    @rule(language=st.sampled_from(["id", "en"]))
    def changes_the_language(self, language):
        """The store writes it; the answers stay."""
        before = self.turn.response
        changed = replace(before, language=language)
        prompt = current(self.questionnaire, changed, self.now)
        self.keep(Turn(changed, prompt), began_at=changed)

    @rule(data=st.data())
    def goes_to_a_question(self, data):
        names = [entry.name for entry in self.questionnaire.items]
        self.goes_to(data.draw(st.sampled_from(names)))

    @precondition(lambda self: len(self.turn.response.answers) > 3)
    @rule()
    def declines(self):
        self.keep(decline(self.questionnaire, self.turn.response, self.now))
        assert isinstance(self.turn.prompt, Thank)

    @precondition(lambda self: self.at_an_open_question())
    @rule(steps=st.integers(1, 4))
    def goes_back_and_forward(self, steps):
        before = self.turn.response
        for _ in range(steps):
            self.say(self.tap("back"))
        if self.turn.response.current != before.current:
            self.say(self.tap("keep"))
        after = self.turn.response
        assert after.answers == before.answers
        assert (after.current, after.stage) == (before.current, before.stage)

    @rule()
    def skips_to_the_end(self):
        """From wherever the person is: never stuck. Only looked at, the game goes on from before."""
        state, steps = self.turn.response, 0
        if state.stage == "review":
            tap = Tap("submit", "", state.revision)
            state = answer(self.questionnaire, state, tap, self.now).response
        while state.stage == "asking" and steps <= 3 * len(self.questionnaire.items) + 3:
            action: Action = "skip_yes" if state.awaiting == "skip_confirm" else "skip"
            tap = Tap(action, state.current or "", state.revision)
            state = answer(self.questionnaire, state, tap, self.now).response
            if state.stage == "asking" and (held := state.answers.get(state.current or "")):
                keep = Tap("keep", held.item, state.revision)
                state = answer(self.questionnaire, state, keep, self.now).response
            steps += 1
        assert state.stage == "done"

    # ---- what must be true after each

    @invariant()
    def the_tables_hold_what_the_response_holds(self):
        if hasattr(self, "turn"):
            assert self.tables == dict(self.turn.response.answers)

    @invariant()
    def what_is_asked_applies(self):
        if not hasattr(self, "turn"):
            return
        state = self.turn.response
        # An answer that a later day would take out stays until the person changes something.
        path = walk(self.questionnaire, state, self.changed_at)
        assert set(state.answers) <= {entry.name for entry in path.asked} | set(path.calculated)
        for name, given in state.answers.items():
            assert self.applies(name, path, self.changed_at)
            constraint = self.questionnaire.item(name).constraint
            if given.value and not (references(constraint) or "now" in looks_at(constraint)):
                assert is_true(constraint, {}, own=given.value, now=NOW)
            codes = {option.code for option in path.options.get(name, ())}
            assert not codes or codes.issuperset(given.value.split())
        if state.current:
            assert self.applies(state.current, walk(self.questionnaire, state, self.now), self.now)

    @invariant()
    def the_prompt_fits_the_state(self):
        if not hasattr(self, "turn"):
            return
        state, prompt = self.turn.response, self.turn.prompt
        path = walk(self.questionnaire, state, self.now)
        match prompt:
            case Ask():
                assert prompt.item.name == state.current
                assert 1 <= prompt.position <= prompt.total
                assert prompt.notice is None or set(prompt.notice.arguments) == set(
                    NOTICES[prompt.notice.key]
                )
                assert not prompt.item.options or prompt.options
                assert {view.code for view in prompt.options if view.chosen} <= set(state.chosen)
            case Review():
                assert state.stage == "review"
                assert {row.item for row in prompt.rows} == set(path.kept)
            case Thank():
                assert state.stage == "done"
                # What a later day would ask for does not reopen what is finished.
                path = walk(self.questionnaire, state, self.changed_at)
                assert state.disposition == "refused" or first_unanswered(path) is None
            case Closed():
                assert state.stage == "closed"

    def teardown(self):
        if hasattr(self, "turn"):
            closed = replace(self.turn.response, stage="closed")
            for reply in (Typed("1"), Tap("submit", "", closed.revision), Unsupported("voice")):
                after = answer(self.questionnaire, closed, reply, self.now)
                assert (after.response, after.prompt) == (closed, Closed())

    # ---- how it is done

    def goes_to(self, name: str) -> None:
        self.keep(revise(self.questionnaire, self.turn.response, name, self.now))

    def say(self, reply: Reply) -> None:
        self.last_tap = reply if isinstance(reply, Tap) else None
        self.keep(answer(self.questionnaire, self.turn.response, reply, self.now))

    def keep(self, turn: Turn, began_at: Response | None = None) -> None:
        """As the store does: answers put in place, dropped ones out, the rest written and read."""
        before = began_at or self.turn.response
        for recorded in turn.recorded:
            assert self.tables.get(recorded.answer.item) == recorded.replaced
            self.tables[recorded.answer.item] = recorded.answer
        for dropped in turn.dropped:
            assert self.tables.pop(dropped.item) is not None
        assert turn.response.revision - before.revision in {0, 1}
        if turn.response.revision == before.revision:
            assert turn.recorded == turn.dropped == ()
        assert stored(turn.response) == turn.response
        if turn.response.revision != before.revision:
            self.changed_at = self.now
        self.turn = replace(turn, response=stored(turn.response))
        again = current(self.questionnaire, self.turn.response, self.now)
        assert without_notice(again) == without_notice(turn.prompt)

    def applies(self, name: str, path: Walk, moment: datetime) -> bool:
        """By the author's condition itself: without the memory that the walk has."""
        relevant = self.questionnaire.item(name).relevant
        chance = f"{self.turn.response.seed}/{name}"
        return is_true(relevant, path.values, now=moment, chance=chance)

    def tap(self, action: Action, value: str = "") -> Tap:
        state = self.turn.response
        return Tap(action, state.current or "", state.revision, value)

    def sensible(self, pick: int) -> Reply:
        """What somebody would do who means well; the pick says which of several."""
        prompt = self.turn.prompt
        if isinstance(prompt, Review) and prompt.rows:
            row = prompt.rows[pick % len(prompt.rows)]
            return Tap("edit", row.item, self.turn.response.revision)
        if not isinstance(prompt, Ask):
            return self.tap("review")
        if prompt.awaiting == "other":
            return Typed("sebab lain")
        if prompt.awaiting:
            return self.tap("skip_yes" if prompt.awaiting == "skip_confirm" else "keep_part")
        return self.chosen(prompt, pick) if prompt.options else self.written(prompt, pick)

    def chosen(self, prompt: Ask, pick: int) -> Tap:
        view = prompt.options[pick % len(prompt.options)]
        if prompt.item.kind != "select_multiple":
            return self.tap("choose", view.code)
        if self.turn.response.chosen and pick % 2:
            return self.tap("done")
        return self.tap("off" if view.chosen else "on", view.code)

    def written(self, prompt: Ask, pick: int) -> Typed:
        return Typed(_WRITTEN.get(prompt.item.kind, ("baik",) * 2)[pick % 2])

    def calculated(self) -> list[str]:
        return [entry.name for entry in self.questionnaire.items if entry.kind == "calculate"]

    def codes(self) -> list[str]:
        prompt = self.turn.prompt
        return (
            [view.code for view in prompt.options]
            if isinstance(prompt, Ask) and prompt.options
            else ["ya"]
        )

    def buttons(self) -> list[Tap]:
        """Every button of the card that the person sees."""
        prompt = self.turn.prompt
        if isinstance(prompt, Review):
            revision = self.turn.response.revision
            return [
                *(Tap("edit", row.item, revision) for row in prompt.rows),
                Tap("submit", "", revision),
            ]
        if not isinstance(prompt, Ask):
            return [self.tap("review")]
        several = prompt.item.kind == "select_multiple"
        choices: list[Tap] = [
            self.tap("off" if view.chosen and several else "on" if several else "choose", view.code)
            for view in prompt.options
        ]
        return [
            *choices,
            *[self.tap("done")] * (several or prompt.awaiting == "other"),
            *[self.tap("back")] * prompt.can_back,
            *[self.tap("keep")] * prompt.can_keep,
            *[self.tap("keep_part")] * prompt.awaiting.endswith("_part"),
            *(
                [self.tap("skip_yes"), self.tap("skip_no")]
                if prompt.awaiting == "skip_confirm"
                else []
            ),
            self.tap("skip"),
            self.tap("review"),
        ]

    def at_an_open_question(self) -> bool:
        """At the first one: behind it lies nothing that "forward" could stop at."""
        state = self.turn.response
        if state.stage != "asking" or state.awaiting:
            return False
        first = first_unanswered(walk(self.questionnaire, state, self.now))
        return first is not None and first.name == state.current

    def takes_words(self) -> bool:
        prompt = self.turn.prompt
        return isinstance(prompt, Ask) and (
            prompt.item.kind == "text" or prompt.awaiting == "other"
        )

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


def without_notice(prompt: Prompt) -> Prompt:
    """A notice is said once; the card itself can be shown again at any time."""
    return prompt if isinstance(prompt, Closed) else replace(prompt, notice=None)


PROFILE = settings(
    max_examples=250, stateful_step_count=30, deadline=None, derandomize=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def test_an_interview_survives_whatever_people_do():
    run_state_machine_as_test(Interview, settings=PROFILE)


if __name__ == "__main__":
    longer = settings(PROFILE, max_examples=int(sys.argv[1]), derandomize=False, database=None)
    run_state_machine_as_test(Interview, settings=longer)
