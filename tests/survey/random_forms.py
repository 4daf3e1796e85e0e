"""Forms nobody would write, in the words of XLSForm: compiled by the real compiler, for the tests that play with them."""

import tempfile
from functools import cache
from pathlib import Path
from random import Random

from bot.survey.questionnaire import Questionnaire
from bot.survey.xlsform import compile_form

_SURVEY = (
    "type", "name", "label", "relevant", "constraint", "required", "choice_filter", "calculation",
    "parameters", "default", "repeat_count", "repeat_max",
)  # fmt: skip
_CHOICES = """
| choices | list_name | name | label | free_text | exclusive | missing | end | fixed | jenis |
| | pendek | ya | Ya | | | | | | a |
| | pendek | tidak | Tidak | | | | | | b |
| | pendek | tt | Tidak tahu | | | dont_know | | | a |
| | panjang | anggaran | Anggaran | | | | | | a |
| | panjang | waktu | Waktu | | | | | | b |
| | panjang | atasan | Atasan | | | | | | a |
| | panjang | lain | Lainnya | yes | | | | yes | b |
| | panjang | nihil | Tidak ada | | yes | | | yes | a |
| | pindah | tetap | Tetap | | | | | | a |
| | pindah | keluar | Keluar | | | | ineligible | | b |

| settings | form_title | form_id | default_language |
| | Acak | acak | Indonesia (id) |
"""
_CHOICE_KINDS = (
    "select_one pendek", "select_one panjang", "select_one pindah", "select_multiple panjang",
    "select_multiple pendek",
)  # fmt: skip
_OTHER_KINDS = ("integer", "decimal", "range", "date", "text", "note", "calculate")
_CONSTRAINTS = {
    "integer": (". >= 1 and . <= 40", ". mod 2 = 0"),
    "decimal": (". > 0", ". * 2 < 100"),
    "text": ("string-length(.) <= 20", "regex(., '[a-z ]+')", ". != 'x'"),
    "date": (". <= today()", ". > '2020-01-01'"),
    "select_multiple": ("count-selected(.) <= 2", "not(selected(., 'waktu'))"),
}


_DEFAULTS = {
    "integer": ("3", "1 + 1", "90"),
    "decimal": ("2.5",),
    "range": ("5",),
    "date": ("today()", "2026-01-01"),
    "text": ("baik", "concat('hari ', today())"),
    "select_one pendek": ("ya", "if(today() > '2020-01-01', 'tt', '')"),
    "select_one panjang": ("lain", "nihil"),
    "select_multiple panjang": ("anggaran waktu", "lain"),
}


@cache
def random_forms(count: int) -> tuple[Questionnaire, ...]:
    return tuple(random_form(seed) for seed in range(count))


def random_form(seed: int) -> Questionnaire:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "acak.md"
        path.write_text(written(Random(seed)), encoding="utf-8")
        return compile_form(path)


def written(random: Random) -> str:
    rows = [_row(type="hidden", name="nama")]
    asked: list[tuple[str, str]] = []
    open_groups = 0
    for number in range(random.randint(2, 14)):
        if random.random() < 0.15:
            rows.append(
                _row(
                    type="begin_group",
                    name=f"g{number}",
                    label="Bagian",
                    relevant=_condition(random, asked),
                )
            )
            open_groups += 1
        if random.random() < 0.1:
            rows += _repeat(random, number, asked)
        rows.append(_question(random, f"q{number}", asked))
        if open_groups and random.random() < 0.3:
            rows.append(_row(type="end_group"))
            open_groups -= 1
    rows.append(_row(type="text", name="saran", label="Saran?"))
    rows += [_row(type="end_group")] * open_groups
    return "\n".join([f"| survey | {' | '.join(_SURVEY)} |", *rows, _CHOICES])


def _repeat(random: Random, number: int, asked: list[tuple[str, str]]) -> list[str]:
    """Its questions see each other; what comes behind sees them joined."""
    counts = [name for kind, name in asked if kind in {"integer", "range", "calculate"}]
    count = f"${{{random.choice(counts)}}}" if counts and random.random() < 0.7 else "2"
    begin = {"relevant": _condition(random, asked), "repeat_count": count, "repeat_max": "3"}
    inner = list(asked)
    rows = [_question(random, f"u{number}_{place}", inner) for place in range(random.randint(1, 3))]
    joined = random.choice((f"join(' ', ${{u{number}_0}})", f"count(${{u{number}}})"))
    asked.append(("calculate", f"j{number}"))
    return [
        _row(type="begin_repeat", name=f"u{number}", label="Ulangan", **begin),
        *rows,
        _row(type="end_repeat"),
        _row(type="calculate", name=f"j{number}", calculation=joined),
    ]


def _row(**cells: str) -> str:
    return f"| | {' | '.join(cells.get(column, '') for column in _SURVEY)} |"


def _question(random: Random, name: str, asked: list[tuple[str, str]]) -> str:
    kind = random.choice((*_CHOICE_KINDS, *_OTHER_KINDS))
    plain = kind.partition(" ")[0]
    cells = {"type": kind, "name": name, "relevant": _condition(random, asked)}
    if plain == "calculate":
        cells["calculation"] = _calculation(random, asked)
    else:
        cells["label"] = (
            f"Tentang ${{{random.choice(asked)[1]}}}?"
            if asked and random.random() < 0.3
            else "Apa?"
        )
    if plain in _CONSTRAINTS and random.random() < 0.5:
        cells["constraint"] = random.choice(_CONSTRAINTS[plain])
    if plain.startswith("select"):
        cells["parameters"] = random.choice(("", "randomize=true"))
        cells["choice_filter"] = _filter(random, asked)
    if plain == "range":
        cells["parameters"] = random.choice(
            ("start=0 end=10", "start=1 end=5", "start=0 end=100 step=5")
        )
    if random.random() < 0.25:
        cells["default"] = random.choice(_DEFAULTS.get(kind, ("",)))
    if plain not in {"note", "calculate"}:
        cells["required"] = random.choice(("", "yes"))
    if plain != "note":
        asked.append((plain, name))
    return _row(**cells)


def _condition(random: Random, asked: list[tuple[str, str]]) -> str:
    if random.random() < 0.08:
        return random.choice(("today() < '2026-12-01'", "today() > '2026-11-25'", "random() < 0.5"))
    if not asked or random.random() < 0.5:
        return ""
    parts = [_about(random, *random.choice(asked)) for _ in range(random.randint(1, 3))]
    return random.choice((" and ", " or ")).join(parts)


def _about(random: Random, kind: str, name: str) -> str:
    if kind.startswith("select"):
        choices = (
            f"selected(${{{name}}}, 'ya')",
            f"${{{name}}} != 'tidak'",
            f"count-selected(${{{name}}}) >= 2",
            f"not(${{{name}}} = '')",
        )
    elif kind == "date":
        choices = (f"${{{name}}} < today()", f"${{{name}}} = ''")
    elif kind in {"text", "calculate"}:
        choices = (f"string-length(${{{name}}}) > 3", f"${{{name}}} != 'x'")
    else:
        choices = (f"${{{name}}} > 3", f"not(${{{name}}} >= 2)", f"coalesce(${{{name}}}, 0) < 5")
    return random.choice(choices)


def _filter(random: Random, asked: list[tuple[str, str]]) -> str:
    several = [name for kind, name in asked if kind == "select_multiple"]
    choices = ["", "", "jenis = 'a'"]
    if several:
        choices += 2 * [
            f"selected(${{{several[-1]}}}, name)",
            f"not(selected(${{{several[-1]}}}, name))",
        ]
    return random.choice(choices)


def _calculation(random: Random, asked: list[tuple[str, str]]) -> str:
    if not asked:
        return "once(today())"
    _, name = random.choice(asked)
    return random.choice(
        (
            f"concat(${{{name}}}, '!')",
            f"count-selected(${{{name}}})",
            f"if(${{{name}}} = '', '', 'ada')",
            f"${{{name}}} * 2",
            "int(random() * 9)",
        )
    )
