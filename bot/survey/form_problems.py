"""What is wrong with a form, gathered so that its author sees everything at once. Pure."""

from dataclasses import dataclass, field

from bot.errors import QuestionnaireError, StudyError
from bot.survey.sheets import sheet_of


class QuestionnaireProblems(StudyError):
    """A form that cannot be used; one line a problem, in the order of the sheets."""

    def __init__(self, form: str, problems: tuple[QuestionnaireError, ...]) -> None:
        lines = (f"{form}: {problem}" for problem in problems)
        super().__init__("\n".join(lines))
        self.form = form
        self.problems = problems


@dataclass(slots=True)
class Report:
    """The problems found so far."""

    problems: list[QuestionnaireError] = field(default_factory=list)

    def survey(self, row: int | None, what: str, remedy: str) -> None:
        self.problems.append(QuestionnaireError("survey", row, what, remedy))

    def option(self, listed: str, row: int | None, what: str, remedy: str) -> None:
        """In the sheet choices, or in the file that the list is."""
        self.problems.append(QuestionnaireError(sheet_of(listed), row, what, remedy))

    def settings(self, what: str, remedy: str) -> None:
        self.problems.append(QuestionnaireError("settings", 2, what, remedy))

    def in_order(self) -> tuple[QuestionnaireError, ...]:
        sheets = ("settings", "survey", "choices")
        ranks = {sheet: rank for rank, sheet in enumerate(sheets)}
        return tuple(
            sorted(
                self.problems, key=lambda problem: (ranks.get(problem.sheet, 9), problem.row or 0)
            )
        )
