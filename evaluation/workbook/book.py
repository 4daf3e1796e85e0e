"""The workbook of the weekly summary: all published numbers on pages an office can filter, chart and print.

Public: `results_workbook`. Holds nothing that disclosure withholds: it is made of the results alone.
"""

from evaluation.frames import Tables
from evaluation.results import Results
from evaluation.study import Plan
from evaluation.texts import Texts
from evaluation.workbook import findings, hurdles, open_answers, overview, reading
from evaluation.workbook.grid import workbook
from evaluation.workbook.page import Chart, Page

_MOST_INDEX_CHARTS = 2


def results_workbook(results: Results, tables: Tables, plan: Plan, texts: Texts) -> bytes:
    """The bytes of the .xlsx; the same results give the same bytes."""
    foot = texts.say("buku_kaki", penyelenggara=plan.organiser.replace("&", "&&"))
    return workbook(
        results_pages(results, tables, plan, texts), texts.say("buku_judul"), plan.organiser, foot,
        results.period.issued_on,
    )  # fmt: skip


def results_pages(results: Results, tables: Tables, plan: Plan, texts: Texts) -> tuple[Page, ...]:
    indicators = findings.indicators(results, plan, texts)
    barriers = hurdles.barriers(results, plan, texts)
    charts = (*_index_charts(indicators, results, plan, texts), *barriers.charts[:1])
    return (
        overview.overview(results, plan, texts, charts),
        indicators,
        findings.questions(results, plan, texts, tables.codebook),
        open_answers.open_answers(results, plan, texts),
        barriers,
        findings.instructors(results, plan, texts),
        overview.follow_up(results, plan, texts),
        reading.codebook_page(tables.codebook, plan, texts),
        reading.methods(results, plan, texts),
    )


def _index_charts(page: Page, results: Results, plan: Plan, texts: Texts) -> tuple[Chart, ...]:
    """Of the first training that has any, the follow-up before the end of the training."""
    found = [
        findings.index_chart(page, result.training.title, kind, texts)
        for result in overview.in_order(results, plan)
        for kind in ("followup_alumni", "post_training")
    ]
    return tuple(chart for chart in found if chart is not None)[:_MOST_INDEX_CHARTS]
