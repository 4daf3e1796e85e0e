"""BAB III: how many answered, when, and whether those who did differ from those who did not."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from evaluation.figures.curve import Curve, curve
from evaluation.grouping import MERGED
from evaluation.nonresponse import Participation
from evaluation.rates import rr1, rr2
from evaluation.reminders import reminder_days
from evaluation.report.answers import answers_table
from evaluation.report.given import AFTER, BEFORE, PEERS, SUPERIORS, Given
from evaluation.report.model import Block, Column, Heading, Paragraph, Picture, Table
from evaluation.results import RoundResult

_P_CLEAR = 0.05
_MOST_GROUPS = 12  # lines of a table that somebody still reads
_MOBILITY = "mobilitas"  # dimension of the question whether somebody has another post by now


def participation(given: Given) -> list[Block]:
    found: list[Block] = [Heading(1, given.say("lap_bab_partisipasi"))]
    found += [Heading(2, given.say("lap_tingkat")), Paragraph(given.say("lap_tingkat_isi"))]
    found += [_rates(given), *_proxies(given)]
    for kind in (BEFORE, AFTER, SUPERIORS, PEERS):
        found += _course(given, kind)
    found.append(Heading(2, given.say("lap_wakil")))
    compared = [block for kind in (BEFORE, AFTER) for block in _compared(given, kind)]
    found += compared or [Paragraph(given.say("lap_wakil_belum"))]
    found.append(Heading(2, given.say("lap_mobilitas")))
    moved = answers_table(given, AFTER, given.questions.of_dimension.get(_MOBILITY, ()))
    return [*found, moved or Paragraph(given.say("lap_mobilitas_belum"))]


def what_became(given: Given) -> Block:
    """Of everybody who was asked; those who did not answer are one number, so that nobody's refusal can be seen."""
    if not _asked(given):
        return Paragraph(given.say("lap_belum_diminta"))
    titles = ("sumber", "diminta", "tidak_berhak", "lengkap", "sebagian", "tidak_menjawab")
    columns = tuple(
        Column(given.say(f"lap_kolom_{name}"), 25 if name == "sumber" else 15, is_number=name != "sumber") for name in titles
    )  # fmt: skip
    rows = tuple(
        (
            given.say(f"sebutan_{entry.round.kind}"), str(entry.counts.issued), str(entry.counts.ineligible),
            str(entry.counts.complete), str(entry.counts.partial), str(entry.counts.eligible - entry.counts.answered),
        )
        for entry in _asked(given)
    )  # fmt: skip
    return Table(given.say("lap_tabel_status"), columns, rows, given.say("lap_catatan_tingkat"))


def _asked(given: Given) -> tuple[RoundResult, ...]:
    """Rounds in which anybody was asked."""
    return tuple(entry for entry in given.result.rounds if entry.counts.issued)


def _rates(given: Given) -> Block:
    if not _asked(given):
        return Paragraph(given.say("lap_belum_diminta"))
    titles = ("sumber", "berhak", "menjawab", "rr2", "rr1", "sasaran")
    columns = tuple(
        Column(given.say(f"lap_kolom_{name}"), 25 if name == "sumber" else 15, is_number=name != "sumber") for name in titles
    )  # fmt: skip
    rows = tuple(_rate_row(given, entry) for entry in _asked(given))
    return Table(given.say("lap_tabel_tingkat"), columns, rows, given.say("lap_catatan_tingkat"))


def _proxies(given: Given) -> list[Block]:
    return [
        Paragraph(given.say("lap_catatan_wakil", jawab=entry.counts.answered, n=entry.proxies))
        for entry in given.result.rounds
        if entry.proxies
    ]


def _rate_row(given: Given, entry: RoundResult) -> tuple[str, ...]:
    counts = entry.counts
    return (
        given.say(f"sebutan_{entry.round.kind}"), str(counts.eligible), str(counts.answered),
        given.percent(rr2(counts)), given.percent(rr1(counts)),
        given.percent(given.plan.targets.get(entry.round.kind)),
    )  # fmt: skip


def _course(given: Given, kind: str) -> list[Block]:
    """The curve of one round, once anybody answered."""
    entry = given.round(kind)
    if entry is None or entry.round.opens_at is None or not entry.completed_on:
        return []
    invited_on = entry.round.opens_at.astimezone(given.plan.zone).date()
    first = min(invited_on, entry.completed_on[0])
    closed = entry.round.closes_at if entry.round.state == "closed" else None
    end = given.results.period.issued_on if closed is None else closed.astimezone(given.plan.zone).date()  # fmt: skip
    last = max(end, entry.completed_on[-1])
    per_day = Counter(entry.completed_on)
    so_far, total = [], 0
    for day in range((last - first).days + 1):
        total += per_day[first + timedelta(days=day)]
        so_far.append(total)
    drawn = Curve(
        tuple(so_far), entry.counts.eligible, reminder_days(invited_on, kind, given.plan),
        given.plan.targets.get(kind),
    )  # fmt: skip
    caption = given.say("lap_gambar_kurva", sumber=given.say(f"sebutan_{kind}"))
    return [Picture(caption, curve(drawn, given.texts))]


def _compared(given: Given, kind: str) -> list[Block]:
    entry = given.round(kind)
    found: list[Block] = []
    for each in () if entry is None else entry.participation:
        name = given.say(f"lap_peubah_{each.variable}")
        caption = given.say("lap_tabel_wakil", peubah=name, sumber=given.say(f"sebutan_{kind}"))
        columns = (
            Column(name[:1].upper() + name[1:], 40),
            *(Column(given.say(f"lap_kolom_{title}"), 20, is_number=True) for title in ("berhak", "menjawab", "persen")),
        )  # fmt: skip
        rows = tuple(
            (name, str(eligible), str(answered), given.percent(answered / eligible))
            for name, eligible, answered in _groups(given, each.groups)
        )
        found.append(Table(caption, columns, rows))
        if each.p is not None and each.v is not None:
            key = "lap_wakil_beda" if each.p < _P_CLEAR else "lap_wakil_sama"
            found.append(
                Paragraph(
                    given.say(
                        key, peubah=name, p=given.number(each.p, 3), v=given.number(each.v, 2)
                    )
                )
            )
    return found


def _groups(given: Given, groups: Sequence[Participation]) -> Iterator[tuple[str, int, int]]:
    """Name, eligible and answered of the largest groups; of many, the rest in one line."""
    most = len(groups) if len(groups) <= _MOST_GROUPS else _MOST_GROUPS - 1
    for one in groups[:most]:
        name = given.say("lap_kelompok_kecil") if one.group == MERGED else one.group
        yield name, one.eligible, one.answered
    rest = groups[most:]
    if rest:
        name = given.say("lap_kelompok_lain", jumlah=len(rest))
        yield name, sum(one.eligible for one in rest), sum(one.answered for one in rest)
