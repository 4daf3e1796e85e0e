"""The weekly summary as chat text: plain, forwardable to WhatsApp as it is, at most 1,200 characters.

Fills sentences with published numbers; computes none and holds no sentence itself. Public: `weekly_text`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation import sections
from evaluation.digest import Story, next_opening, stories
from evaluation.results import Results
from evaluation.study import Plan
from evaluation.texts import Texts, days, short_day

LONGEST = 1200  # characters; a longer message is not read on a phone (JOURNEYS e)


@dataclass(frozen=True, slots=True)
class Detail:
    """How much is told: trainings in full, further ones in brief, and the lines within the full ones."""

    full: int
    brief: int
    indices: int = 4
    barriers: int = 3
    actions: int = 5


def weekly_text(results: Results, plan: Plan, texts: Texts) -> str:
    """The text of the week; the fullest version that fits into `LONGEST` characters."""
    told = stories(results, plan)
    if not told:
        return _without_news(results, plan, texts)
    text = ""
    for detail in _details(len(told)):
        text = _compose(results, told, (plan, texts), detail)
        if len(text) <= LONGEST:
            break
    return text


def _details(count: int) -> Iterator[Detail]:
    """From everything to the least, dropping first what the reader misses least."""
    for full in range(count, 0, -1):
        yield Detail(full, count - full)
    for brief in range(count - 2, -1, -1):
        yield Detail(1, brief)
    for indices, barriers, actions in ((2, 3, 3), (2, 2, 2), (1, 1, 1), (0, 0, 1)):
        yield Detail(1, 0, indices, barriers, actions)


def _without_news(results: Results, plan: Plan, texts: Texts) -> str:
    title = texts.say("ringkasan_judul")
    head = f"{title}, {days(texts, results.period.first, results.period.last)}"
    return f"{head}\n{texts.say('ringkasan_tanpa_kabar')} {whats_next(results, plan, texts)}\n"


def whats_next(results: Results, plan: Plan, texts: Texts) -> str:
    planned = next_opening(results)
    if planned is None:
        return texts.say("ringkasan_tanpa_rencana")
    training, round_, opens_at = planned
    return texts.say(
        "ringkasan_berikutnya",
        nama_pelatihan=sections.short_title(training.title),
        putaran=texts.say(f"putaran_{round_.kind}"),
        hari=short_day(texts, opens_at.astimezone(plan.zone).date(), with_year=True),
    )


def _compose(
    results: Results, told: Sequence[Story], how: tuple[Plan, Texts], detail: Detail
) -> str:
    plan, texts = how
    shown = told[: detail.full + detail.brief]
    blocks = [_head(results, plan, texts)]
    for place, story in enumerate(shown):
        blocks.append(sections.rates(story, plan, texts))
        if place < detail.full:
            blocks.append(sections.outcomes(story, plan, texts, detail.indices))
            blocks.append(sections.barriers(story, texts, detail.barriers))
    if len(told) > len(shown):
        blocks.append(texts.say("pelatihan_lain", jumlah=len(told) - len(shown)))
    blocks.append(sections.actions(shown, texts, detail.actions))
    note = "catatan_akhir" if all(story.is_final for story in shown) else "catatan"
    blocks.append(texts.say(note, k_min=plan.k))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(results: Results, plan: Plan, texts: Texts) -> str:
    period = results.period
    week = days(texts, period.first, period.last)
    lines = [
        texts.say("ringkasan_judul"),
        texts.say("ringkasan_minggu", hari=week, penyelenggara=plan.organiser),
    ]
    if period.issued_late:
        today = days(texts, period.issued_on, period.issued_on)
        lines.append(texts.say("ringkasan_keadaan", tanggal=today))
    return "\n".join(lines)
