"""Every exception of bot/, so that nobody has to look elsewhere.

    BotError                     never raised itself
      StudyError                 the author must act
        QuestionnaireError       sheet, row, what, remedy
        RosterError              the same, for a roster workbook
        StudyPlanError           config/study.toml
      StoreError                 the operator must act
        SchemaOutdated
        StaleResponse            somebody else changed the response first; retried once
      FieldworkError             the person gets a friendly sentence
        NotEnrolled  NothingOpen  RoundClosed  NotAllowed  LinkRefused
      DeliveryError              Telegram did not take it
        Unreachable              blocked, deleted: permanent
        TryLater                 not sent; after so many seconds
        Unconfirmed              a time-out: nothing is known
        TooLarge                 a file that somebody sent is larger than may be fetched
      SettingsError              a setting is missing or wrong: name, remedy

Third-party exceptions are translated once, at the edge that imports the library.
"""

from dataclasses import dataclass


class BotError(Exception):
    pass


class StudyError(BotError):
    pass


@dataclass
class _Located(StudyError):
    sheet: str
    row: int | None
    what: str
    remedy: str

    def __str__(self) -> str:
        place = self.sheet if self.row is None else f"{self.sheet}, row {self.row}"
        return f"{place}: {self.what} {self.remedy}".strip()


@dataclass
class QuestionnaireError(_Located):
    pass


@dataclass
class RosterError(_Located):
    pass


class StudyPlanError(StudyError):
    pass


class StoreError(BotError):
    pass


class SchemaOutdated(StoreError):
    pass


class StaleResponse(StoreError):
    pass


class FieldworkError(BotError):
    """`text_key` names the sentence in config/texts; `arguments` fill its placeholders."""

    def __init__(self, text_key: str, **arguments: str) -> None:
        super().__init__(text_key)
        self.text_key = text_key
        self.arguments = arguments


class NotEnrolled(FieldworkError):
    pass


class NothingOpen(FieldworkError):
    pass


class RoundClosed(FieldworkError):
    pass


class NotAllowed(FieldworkError):
    pass


class LinkRefused(FieldworkError):
    pass


class DeliveryError(BotError):
    pass


class Unreachable(DeliveryError):
    pass


class TryLater(DeliveryError):
    def __init__(self, after: float) -> None:
        super().__init__(f"try again after {after} s")
        self.after = after


class Unconfirmed(DeliveryError):
    pass


class TooLarge(DeliveryError):
    pass


class SettingsError(BotError):
    pass
