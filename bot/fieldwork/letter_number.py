"""The number of the letter that the bot quotes to superiors: of their training's letter, or the blank of study.toml. Reads only."""

from sqlalchemy import Connection

from bot.store import letters
from bot.survey.study import Study


def of_training(connection: Connection, study: Study, training_id: int) -> str:
    letter = letters.of_training(connection, training_id)
    return study.office.letter_number if letter is None else letter.number


def of_rater(connection: Connection, study: Study, person_id: int) -> str:
    """Before any round is open: the latest letter that went to this superior."""
    letter = letters.of_rater(connection, person_id)
    return study.office.letter_number if letter is None else letter.number
