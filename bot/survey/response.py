"""The interview: one Response and one Reply in, the next Response and what to show out. Pure; total; no clock.

    begin(questionnaire, response, now, ...)            first card (or the present one, when begun before)
    answer(questionnaire, response, reply, now, ...)    a tap, a text, anything else
    resume(questionnaire, response, now)                the same place again after a pause or a refusal
    revise(questionnaire, response, item, now)          back to one item, from anywhere
    decline(questionnaire, response, now)               refused, until they change their mind
    current(questionnaire, response, now)               the prompt once more; changes nothing
    disposition_at_close(questionnaire, response, now, complete_share, partial_share)

A wrong reply is never an exception: it comes back as a notice on the same prompt. `now` should be in
the zone of the training: "besok" and today() read its calendar day.
"""

from bot.survey.record import (
    Answer,
    Awaiting,
    Disposition,
    Recorded,
    Reply,
    Response,
    Stage,
    Tap,
    Turn,
    Typed,
    Unsupported,
)  # fmt: skip

__all__ = [
    "Answer", "Awaiting", "Disposition", "Recorded", "Reply", "Response", "Stage", "Tap", "Turn",
    "Typed", "Unsupported",
]  # fmt: skip
