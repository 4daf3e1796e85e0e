"""The picture of the week: one portrait page that stands alone when it is forwarded on WhatsApp.

1080 pixels wide and read at 360, so no letter is below 30 pixels. Colours are Okabe and Ito's, which colour-blind
readers can tell apart, and no colour says anything that is not also written. Draws published numbers only.
"""

from collections.abc import Callable, Sequence

from evaluation import blocks, comparisons
from evaluation.canvas import Shape, paint
from evaluation.digest import Story, stories
from evaluation.layout import WIDTH, Block
from evaluation.results import Results
from evaluation.sections import short_title
from evaluation.study import Plan
from evaluation.texts import Texts, days, short_date

_END = 36  # free pixels below the last line

Section = Callable[[float], Block]


def draw_week(results: Results, plan: Plan, texts: Texts) -> bytes:
    """PNG of the training that comes first this week; only for a week with news (`digest.has_news`)."""
    return _page(_training(results, stories(results, plan), plan, texts))


def _page(sections: Sequence[Section]) -> bytes:
    shapes: list[Shape] = []
    y = 0.0
    for section in sections:
        block = section(y)
        shapes.extend(block.shapes)
        y = block.bottom
    return paint(shapes, WIDTH, round(y + _END))


def _training(results: Results, told: Sequence[Story], plan: Plan, texts: Texts) -> list[Section]:
    story, training = told[0], told[0].result.training
    about = ""
    if training.participants is not None and training.ends_on is not None:
        about = texts.say(
            "gambar_tentang", peserta=training.participants, selesai=short_date(texts, training.ends_on)
        )  # fmt: skip
    return [
        _head(results, short_title(training.title), about, (plan, texts)),
        lambda y: blocks.action(y, story, texts),
        lambda y: blocks.response_rates(y, story, plan, texts),
        lambda y: blocks.applied(y, story, texts),
        lambda y: blocks.indices(y, story, plan, texts),
        lambda y: comparisons.ability(y, story, texts),
        lambda y: comparisons.barriers(y, story, texts),
        lambda y: blocks.notes(y, len(told) - 1, plan, texts),
    ]


def _head(results: Results, title: str, about: str, how: tuple[Plan, Texts]) -> Section:
    plan, texts = how
    week = days(texts, results.period.first, results.period.last)
    when = texts.say("ringkasan_minggu", hari=week, penyelenggara=plan.organiser)
    small = texts.say("ringkasan_judul") if title != texts.say("ringkasan_judul") else ""
    return lambda y: blocks.head(y, small, title, (when, about))
