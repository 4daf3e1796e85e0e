"""What every kind of cell holds: names of its numbers, units and source. For whoever writes an output; no code.

Everywhere: `n` of a cell counts distinct people, `count` the responses (of superiors: ratings) behind it, `low` and
`high` are a 95 % interval with finite-population correction, absent at a census, below ten answers or where all
answered alike; they cover sampling only. Shares are 0 to 1. Nothing is rounded: numbers.half_up at print.
A test holds every published cell to this table: no other kind, no other number, no required one missing.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` says what a cell's name is; `always` and `sometimes` are numbers, a `*` stands for any ending."""

    kind: str
    name: str
    says: str
    always: tuple[str, ...]
    sometimes: tuple[str, ...] = ()


_CHANGE = ("from", "to", "difference", "count")
_EFFECT = ("low", "high", "g_av", "g_low", "g_high", "p")
_INDEX = ("mean", "index", "count", "sd", "top2", "d1", "d2", "d3", "d4")
_BARRIER = ("share", "named", "count", "main")

KINDS = (
    Kind(
        "index", "dimension",
        "Mean over responses of each response's mean (1 to 4), and x25 as index points with its interval; d1 to d4: "
        "responses a point, the answers of one response sharing it; top2: share on 3 and 4. Permenpan RB 14/2017.",
        _INDEX, ("low", "high"),
    ),
    Kind("instructor", "instructor", "The same of one instructor; instructors.py sets it beside others.", _INDEX, ("low", "high")),
    Kind(
        "instructor_item", "item instructor", "The same of one question on one instructor, wherever in the form it was asked; the item is the first that asks it.",
        _INDEX, ("low", "high"),
    ),
    Kind("instructor_text", "item instructor", "How many wrote something about one instructor; the words are in Quotes.", ("count", "population")),
    Kind(
        "share", "penerapan", "Share of the alumni who applied the training at all; named of count; Wilson's interval.",
        ("share", "named", "count"), ("low", "high"),
    ),
    Kind(
        "change", "dimension",
        "Means before (as remembered) and now on the scale from..to, their difference with its t interval, g_av "
        "(Lakens 2013) with g_low and g_high (Bonett 2008), Wilcoxon's p.",
        ("before", "now", *_CHANGE), _EFFECT,
    ),
    Kind("level", "dimension", "Mean three months later, of everybody who answered then.", ("mean", "count", "from", "to"), ("low", "high")),
    Kind(
        "matched", "dimension",
        "Before, now and three months later of the same people. difference, g_av and p: followup against before; "
        "kept with its interval: followup against now, negative where ability was lost again.",
        ("before", "now", "followup", "kept", *_CHANGE), (*_EFFECT, "kept_low", "kept_high"),
    ),
    Kind("barrier", "code", "Share of those asked who named it; main: for so many it hinders most, main_share of those who have a main one.", _BARRIER, ("main_share",)),
    Kind("barrier_none", "tidak_ada", "Share who named no barrier.", ("share", "named", "count")),
    Kind("expected", "code", "The same as barrier, as expected at the end of the training.", _BARRIER, ("main_share",)),
    Kind("expected_none", "tidak_ada", "Share who expected no barrier.", ("share", "named", "count")),
    Kind(
        "funnel", "penerapan",
        "trained: the class; of count who answered: applied, of these with a clear result, of these with evidence; "
        "each with *_share of count and Wilson's *_low and *_high. Without result or evidence: nobody was asked about it.",
        ("trained", "count", "applied", "applied_share"),
        ("result", "result_share", "evidence", "evidence_share", "applied_low", "applied_high", "result_low", "result_high", "evidence_low", "evidence_high"),
    ),
    Kind(
        "kept", "komitmen",
        "Share of the alumni asked who carried out in whole what they had written down in class; named of count; Wilson's interval.",
        ("share", "named", "count"), ("low", "high"),
    ),
    Kind(
        "nps", "rekomendasi",
        "People who would recommend it 9-10, 7-8, 0-6; score (points, -100 to 100) with its interval from 30 answers on.",
        ("promoters", "passives", "detractors", "count"), ("score", "low", "high"),
    ),
    Kind(
        "reliability", "dimension",
        "Cronbach's alpha with Feldt's interval; of two items Spearman-Brown without one. From 30 complete cases on.",
        ("coefficient", "items", "count"), ("low", "high"),
    ),
    Kind(
        "gap", "dimension",
        "The same alumni by themselves and by their superiors on one scale: difference is superior minus self, with its "
        "t interval; combined: the mean of the two roles' means; superiors: how many people.",
        ("self", "superior", "difference", "combined", "count", "superiors"), ("low", "high"),
    ),
    Kind(
        "peer_gap", "dimension",
        "The same with their peers (rekan kerja) in the place of the superiors.",
        ("self", "peer", "difference", "combined", "count", "peers"), ("low", "high"),
    ),
    Kind(
        "item", "item",
        "n_<code>: answers of each code, of count; population: who could have answered. Of scored codes: mean, median, "
        "sd, top2 (of four or more points) over `scored` answers. Of yes and no: yes, share, Wilson's low and high.",
        ("count",), ("n_*", "population", "mean", "median", "sd", "scored", "top2", "yes", "share", "low", "high"),
    ),
    Kind("text", "item", "How many wrote something; the words are in Quotes.", ("count", "population")),
    Kind(
        "weighted", "dimension",
        "The index as if every group of the roster had answered alike; n_effective and design_effect after Kish. "
        "Beside the plain index, never instead.",
        ("mean", "index", "count", "n_effective", "design_effect"),
    ),
)  # fmt: skip
GROUPS = {
    "unit_group": "group of units on the roster; * are the small ones together",
    "grade_group": "group of grades on the roster; * are the small ones together",
    "cohort": "cohort of the training, over all trainings only",
    "flag": "flag= (no value): without the responses that look careless",
    "proxy": "proxy= (no value): without the ratings that somebody gave in the place of a superior or peer",
}
