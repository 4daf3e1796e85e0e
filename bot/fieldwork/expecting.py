"""What the next text of a chat is for, by the word that the account keeps."""

from sqlalchemy import Connection

from bot.store import accounts


def expected(connection: Connection, chat_id: int) -> str:
    """Nothing, "", when nothing was asked: then the text is the survey's."""
    account = accounts.of_chat(connection, chat_id)
    return str(account.expecting.get("what", "")) if account else ""


def asked_about(connection: Connection, chat_id: int) -> tuple[int, int]:
    """(training, person) of what the office was asked; zeros when nothing was."""
    account = accounts.of_chat(connection, chat_id)
    expecting = account.expecting if account else {}
    return int(expecting.get("training", 0)), int(expecting.get("person", 0))


def expect_nothing(connection: Connection, chat_id: int) -> None:
    """What was asked about is not there any more: the next text is not for it."""
    accounts.expect(connection, chat_id, {})
