"""Small tables for the tests of evaluation: a short codebook and classes of invented people with seeded answers."""

import csv
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from evaluation.__main__ import main
from evaluation.frames import read_tables
from evaluation.numbers_file import numbers_of
from evaluation.period import period_of
from evaluation.releases import Register
from evaluation.results import Results, evaluate
from evaluation.study import read_study
from evaluation.summary import weekly_text
from evaluation.texts import read_texts

ROOT = Path(__file__).parents[2]
MONDAY = "2027-02-01T08:00:00+07:00"
RESPONSE_COLUMNS = (
    "training", "training_title", "cohort", "round", "role", "respondent", "about", "unit_group",
    "grade_group", "instructor", "disposition", "issued_at", "completed_at", "questionnaire",
    "version", "item", "value", "missing", "seconds", "revised", "flag", "proxy",
)  # fmt: skip
CODEBOOK_COLUMNS = (
    "questionnaire", "version", "position", "item", "type", "label", "dimension", "level", "moment",
    "pair", "scm", "value", "value_label", "score", "missing", "relevant",
)  # fmt: skip
TRAINING_COLUMNS = (
    "training", "title", "cohort", "starts_on", "ends_on", "participants", "rounds", "competences", "office_budget_planned",
    "office_budget_used", "office_in_plan", "office_needs_analysis", "office_selection", "office_skm",
    "office_skm_before", "office_skm_after", "office_note",
)  # fmt: skip

AGREE = [
    ("1", "Tidak setuju", "1"),
    ("2", "Kurang setuju", "2"),
    ("3", "Setuju", "3"),
    ("4", "Sangat setuju", "4"),
]
RATE = [*AGREE, ("tb", "Tidak dapat menilai", "")]
ABLE = [(str(score), f"{score}", str(score)) for score in range(1, 6)]
OFTEN = [(str(score), f"{score}", str(score)) for score in range(5)]
BARRIERS = [
    ("anggaran", "Anggaran terbatas", ""), ("atasan", "Kurang dukungan atasan", ""),
    ("rekan", "Lingkungan kurang mendukung", ""), ("waktu", "Beban kerja tinggi", ""),
    ("lainnya", "Lainnya (tulis)", ""), ("tidak_ada", "Tidak ada hambatan", ""),
]  # fmt: skip
RESULT = [
    ("jelas", "Hasilnya jelas", "3"), ("belum_terlihat", "Hasil belum tampak", "2"),
    ("sebagian", "Sebagian kecil", "1"), ("terhenti", "Berhenti", "0"),
]  # fmt: skip
PLAN = [("selesai", "Sudah", "3"), ("sebagian", "Sebagian", "2"), ("belum", "Belum", "1"), ("ganti", "Berubah", "")]  # fmt: skip
PROOF = [("skm", "Nilai SKM naik", ""), ("waktu", "Lebih singkat", ""), ("kesan", "Baru kesan", "")]
YES_NO = [("ya", "Ya", "1"), ("tidak", "Tidak", "0")]
DONT_KNOW = {"tt", "tb"}

# Each item: type, dimension, level, moment, pair, scm, then its codes.
FORMS: dict[str, dict[str, tuple]] = {
    "post_training": {
        "a01": ("select_one", "materi", "1", "", "", "", AGREE),
        "a02": ("select_one", "materi", "1", "", "", "", AGREE),
        "a04_1": ("select_one", "instruktur", "1", "", "", "", RATE),
        "a04_2": ("select_one", "instruktur", "1", "", "", "", RATE),
        "a07": ("select_one", "relevansi", "1", "", "", "", AGREE),
        "a10": ("select_one", "fasilitas", "1", "", "", "", AGREE),
        "a11_now": ("select_one", "efikasi", "2", "now", "k1", "", ABLE),
        "a11_pre": ("select_one", "efikasi", "2", "retro_pre", "k1", "", ABLE),
        "a16": ("select_multiple", "hambatan_perkiraan", "2", "", "", "", BARRIERS),
        "a17": ("range", "rekomendasi", "1", "", "", "", []),
        "a18": ("text", "saran", "1", "", "", "", []),
    },
    "followup_alumni": {
        "b02": ("select_one", "penerapan", "3", "", "", "frekuensi", OFTEN),
        "b03": ("select_one", "penerapan", "3", "", "", "hasil", RESULT),
        "b04k": ("select_one", "komitmen", "3", "", "", "", PLAN),
        "b07": ("select_multiple", "bukti", "4", "", "", "", PROOF),
        "b09": ("select_one", "dukungan_atasan", "3", "", "", "", AGREE),
        "b10": ("select_one", "lingkungan", "3", "", "", "", AGREE),
        "b11": ("select_one", "kesempatan", "3", "", "", "", AGREE),
        "b12": ("select_one", "anggaran", "3", "", "", "", RATE),
        "b13": ("select_multiple", "hambatan", "3", "", "", "", BARRIERS),
        "b14": ("select_one", "hambatan_utama", "3", "", "", "", BARRIERS),
        "b15": ("select_one", "sinergi", "3", "", "", "", YES_NO),
        "b17": ("select_one", "efikasi", "2", "followup", "k1", "", ABLE),
    },
    "followup_superior": {
        "c02": ("select_one", "penerapan", "3", "", "", "", [*OFTEN, ("tt", "Tidak tahu", "")]),
        "c05": ("select_one", "dampak", "4", "", "", "", AGREE),
        "c08": ("select_multiple", "hambatan", "3", "", "", "", [*BARRIERS, ("tt", "Tidak tahu", "")]),
    },
    "followup_peer": {
        "r02": ("select_one", "penerapan", "3", "", "", "", OFTEN),
        "r08": ("select_multiple", "hambatan", "3", "", "", "", BARRIERS),
    },
}  # fmt: skip
ROLES = {
    "post_training": "participant",
    "followup_alumni": "participant",
    "followup_superior": "superior",
    "followup_peer": "peer",
}


def codebook() -> list[dict[str, str]]:
    return [
        {
            "questionnaire": form, "version": "1", "position": str(position), "item": item,
            "type": kind, "label": f"Pertanyaan {item}", "dimension": dimension, "level": level,
            "moment": moment, "pair": pair, "scm": scm, "value": value, "value_label": label,
            "score": score, "missing": "dont_know" if value in DONT_KNOW else "",
        }
        for form, items in FORMS.items()
        for position, (item, (kind, dimension, level, moment, pair, scm, codes)) in enumerate(items.items(), start=1)
        for value, label, score in codes or [("", "", "")]
    ]  # fmt: skip


def open_question(item: str, label: str = "${instruktur_1}: pesan untuk pengajar?") -> list[dict[str, str]]:  # fmt: skip
    """Codebook rows of one more question at the end of class."""
    asked = {"questionnaire": "post_training", "version": "1", "position": "20"}
    return [asked | {"item": item, "type": "text", "label": label, "dimension": "pesan"}]


def response(
    respondent: str, answers: Mapping[str, str] | None = None, *, kind: str = "post_training", about: str = "",
    training: str = "MKD-2", disposition: str = "complete", completed_at: str = "2027-01-26T10:00:00+07:00",
    instructors: Sequence[str] = ("Siti Rahma", "Budi Santoso"),
) -> list[dict[str, str]]:  # fmt: skip
    """One issued response: its own row and one row an answer. A value that begins with '!' is a missing code."""
    base = {
        "training": training, "round": kind, "role": ROLES[kind], "respondent": respondent, "about": about,
        "disposition": disposition, "issued_at": "2027-01-20T08:30:00+07:00",
        "completed_at": completed_at if disposition == "complete" else "",
        "questionnaire": kind, "version": "1", "item": "", "value": "", "missing": "", "instructor": "",
    }  # fmt: skip
    rows = [base]
    for item, value in (answers or {}).items():
        missing = value.removeprefix("!") if value.startswith("!") else ""
        instructor = instructors[int(item[-1]) - 1] if item[:4] in {"a04_", "a05_", "a06_"} else ""
        rows.append(
            base | {"item": item, "value": "" if missing else value, "missing": missing, "instructor": instructor}
        )  # fmt: skip
    return rows


def round_(
    kind: str, state: str = "open", *, opens_at: str = "2027-01-20T08:30:00+07:00",
    closes_at: str = "2027-02-03T15:30:00+07:00", connected: int = 30, not_connected: int = 0,
) -> dict[str, object]:  # fmt: skip
    return {
        "kind": kind, "state": state, "opens_at": opens_at, "closes_at": closes_at,
        "connected": connected, "not_connected": not_connected,
    }  # fmt: skip


def training(
    code: str = "MKD-2", *rounds: Mapping[str, object], title: str = "Manajemen Keuangan Daerah",
    participants: int = 30,
) -> dict[str, str]:  # fmt: skip
    return {
        "training": code, "title": title, "cohort": "Angk. II", "starts_on": "2026-10-12",
        "ends_on": "2026-10-16", "participants": str(participants),
        "rounds": json.dumps(list(rounds or [round_("post_training")])),
    }  # fmt: skip


@dataclass
class World:
    """The three tables of one evaluation and where they are written."""

    folder: Path
    responses: list[dict[str, str]] = field(default_factory=list)
    trainings: list[dict[str, str]] = field(default_factory=list)
    codes: list[dict[str, str]] = field(default_factory=codebook)

    def write(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        write_csv(self.folder / "responses.csv", RESPONSE_COLUMNS, self.responses)
        write_csv(self.folder / "codebook.csv", CODEBOOK_COLUMNS, self.codes)
        write_csv(self.folder / "trainings.csv", TRAINING_COLUMNS, self.trainings)

    def run(self, *more: str) -> int:
        """The whole command, picture included."""
        self.write()
        return main(self.arguments(*more))

    def arguments(self, *more: str) -> list[str]:
        return [
            str(self.folder / "responses.csv"), str(self.folder / "codebook.csv"),
            "--trainings", str(self.folder / "trainings.csv"), "--study", str(ROOT / "config/study.toml"),
            "--texts", str(ROOT / "config/texts"), "--out", str(self.folder / "out"),
            "--as-of", MONDAY, "--week", "2027-W05", *more,
        ]  # fmt: skip

    def tell(
        self, *, week: str | None = "2027-W05", as_of: str = MONDAY, language: str = "id"
    ) -> None:
        """The same without the picture, which takes most of the time."""
        plan = read_study(ROOT / "config/study.toml")
        results = self.results(week=week, as_of=as_of)
        (self.folder / "out").mkdir(exist_ok=True)
        text = weekly_text(results, plan, read_texts(ROOT / "config/texts", language))
        (self.folder / "out/summary.txt").write_text(text, encoding="utf-8")
        (self.folder / "out/summary.json").write_text(numbers_of(results, plan), encoding="utf-8")

    def results(
        self,
        register: Register | None = None,
        *,
        week: str | None = "2027-W05",
        as_of: str = MONDAY,
    ) -> Results:
        """The numbers alone."""
        self.write()
        names = ("responses.csv", "codebook.csv", "trainings.csv")
        plan = read_study(ROOT / "config/study.toml")
        period = period_of(week, datetime.fromisoformat(as_of), plan)
        tables = read_tables(*(self.folder / name for name in names))
        return evaluate(tables, plan, period, register or Register())

    @property
    def text(self) -> str:
        return (self.folder / "out/summary.txt").read_text(encoding="utf-8")

    @property
    def numbers(self) -> dict:
        return json.loads((self.folder / "out/summary.json").read_text(encoding="utf-8"))

    def cells(self, kind: str, training: str = "MKD-2") -> dict[str, dict]:
        """Cells of the totals by "kind:name"."""
        cells = self.numbers["trainings"][training]["rounds"][kind]["cells"]
        return {f"{cell['kind']}:{cell['name']}": cell for cell in cells}


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)


def class_of_thirty(
    folder: Path, *, answered: int = 26, followed: int = 0, superiors: int = 0, seed: int = 1,
    title: str = "Manajemen Keuangan Daerah", code: str = "MKD-2",
) -> World:  # fmt: skip
    """30 participants of whom so many answered each round; the same seed gives the same answers."""
    draw = random.Random(seed)
    rows: list[dict[str, str]] = []
    for person in range(30):
        before = draw.randint(1, 3)
        rows += _maybe(
            person < answered, f"p{person:02}", "post_training", code, _post(draw, before)
        )
        if followed:
            # the follow-up loses others than the first round did
            rows += _maybe(
                person >= 30 - followed,
                f"p{person:02}",
                "followup_alumni",
                code,
                _alumni(draw, before),
            )
        if superiors:
            rows += _maybe(person < superiors, f"s{person // 2:02}", "followup_superior", code, _superior(draw), about=f"p{person:02}")  # fmt: skip
    rounds = [
        round_(
            "post_training", "closed" if followed else "open", not_connected=0 if followed else 2
        )
    ]
    if followed:
        rounds.append(round_("followup_alumni", not_connected=4))
    if superiors:
        rounds.append(
            round_("followup_superior", closes_at="2027-02-04T15:30:00+07:00", not_connected=3)
        )
    return World(folder, rows, [training(code, *rounds, title=title)])


def _maybe(
    done: bool, who: str, kind: str, code: str, answers: dict[str, str], *, about: str = ""
) -> list[dict[str, str]]:  # fmt: skip
    return response(
        who, answers if done else None, kind=kind, training=code, about=about,
        disposition="complete" if done else "invited",
    )  # fmt: skip


def _post(draw: random.Random, before: int) -> dict[str, str]:
    barriers = draw.sample(["anggaran", "atasan", "rekan", "waktu"], draw.randint(1, 3))
    return {
        "a01": str(draw.choice([3, 3, 4])), "a02": str(draw.choice([2, 3, 4])),
        "a04_1": str(draw.choice([3, 4])), "a04_2": draw.choice(["3", "4", "tb"]),
        "a07": str(draw.choice([2, 3, 3])), "a10": str(draw.choice([2, 2, 3])),
        "a11_now": str(before + draw.randint(0, 2)), "a11_pre": str(before),
        "a16": " ".join(barriers), "a17": str(draw.randint(6, 10)), "a18": "Terima kasih, lanjutkan",
    }  # fmt: skip


def _alumni(draw: random.Random, before: int) -> dict[str, str]:
    barriers = draw.sample(["anggaran", "anggaran", "atasan", "rekan", "waktu"], draw.randint(1, 2))
    return {
        "b04k": ("selesai", "sebagian", "belum")[before - 1],
        "b02": str(draw.choice([0, 1, 2, 3])), "b09": str(draw.choice([2, 3, 3])), "b10": str(draw.choice([3, 4])),
        "b11": str(draw.choice([2, 3, 4])), "b12": draw.choice(["1", "2", "3", "tb"]),
        "b13": " ".join(dict.fromkeys(barriers)), "b14": barriers[0], "b17": str(before + draw.randint(0, 2)),
    }  # fmt: skip


def _superior(draw: random.Random) -> dict[str, str]:
    return {
        "c02": draw.choice(["0", "1", "2", "tt"]), "c05": str(draw.choice([2, 3, 4])),
        "c08": draw.choice(["anggaran", "anggaran atasan", "waktu", "tt"]),
    }  # fmt: skip
