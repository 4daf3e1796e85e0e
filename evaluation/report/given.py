"""What every chapter of a report is written from, and how it writes numbers. Chooses nothing."""

from dataclasses import dataclass, field

from evaluation.releases import Cell, Release
from evaluation.report.office import Office
from evaluation.report.questions import Questions
from evaluation.results import Results, RoundResult, TrainingResult
from evaluation.scales import Band, band_of
from evaluation.sections import interval_of
from evaluation.study import Plan
from evaluation.texts import Texts, number, span
from evaluation.workbook.wording import question as in_brackets

BEFORE, AFTER, SUPERIORS, PEERS, INTERVIEW = (
    "post_training", "followup_alumni", "followup_superior", "followup_peer", "interview",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    results: Results
    result: TrainingResult
    plan: Plan
    office: Office
    texts: Texts
    questions: Questions = field(default_factory=Questions)

    def say(self, key: str, **arguments: object) -> str:
        return self.texts.say(key, **arguments)

    def round(self, kind: str) -> RoundResult | None:
        return self.result.find(kind)

    def release(self, kind: str) -> Release | None:
        found = self.round(kind)
        return None if found is None else found.release

    def cells(self, round_kind: str, kind: str) -> tuple[Cell, ...]:
        release = self.release(round_kind)
        return () if release is None else release.all_of(kind)

    def cell(self, round_kind: str, kind: str) -> Cell | None:
        found = self.cells(round_kind, kind)
        return found[0] if found else None

    def dimension(self, name: str) -> str:
        return self.texts.name_of("dimensi", name)

    def barrier(self, code: str) -> str:
        return self.results.labels.get(code, code)

    def question(self, label: str) -> str:
        """As it was asked in this training: with its title and abilities; which instructor is drawn for each person."""
        training = self.result.training
        words = {
            "nama_pelatihan": training.title,
            **{f"kompetensi_{place}": text for place, text in enumerate(training.competences, start=1)},
            **{f"instruktur_{place}": self.say(f"lap_instruktur_{place}") for place in (1, 2)},
        }  # fmt: skip
        for name, text in words.items():
            label = label.replace(f"${{{name}}}", text)
        return in_brackets(label)

    def band(self, cell: Cell) -> Band | None:
        return band_of(cell.numbers["index"], self.plan.bands)

    def number(self, value: float | None, places: int = 1) -> str:
        return "" if value is None else number(self.texts, value, places)

    def percent(self, share: float | None) -> str:
        return "" if share is None else number(self.texts, share * 100) + "%"

    def interval(self, cell: Cell, scale: float = 1.0) -> str:
        found = interval_of(cell)
        return "" if found is None else span(self.texts, found, scale)

    def fine_span(self, low: float | None, high: float | None, places: int = 2) -> str:
        """Both ends, as of means and effects, which may be negative."""
        if low is None or high is None:
            return ""
        return self.say(
            "lap_sampai",
            bawah=number(self.texts, low, places),
            atas=number(self.texts, high, places),
        )
