"""The corpus: small forms, one feature each, with the chat a person has with them, exactly as the phone shows it.

Every chat runs through the handlers, fieldwork and a database, and must come out again as it stands. After a wanted
change: `python -m tests.chat.corpus_chat`, then read the difference as the person would.
"""

from collections.abc import AsyncIterator

import pytest

from bot import check_cli
from bot.store.database import Database
from tests.chat.corpus_chat import CORPUS, all_transcripts, played, script_of


@pytest.fixture
async def one_database(sqlite_url: str) -> AsyncIterator[Database]:
    """Storing is tested elsewhere on both databases; here the chat is looked at."""
    async with await Database.open(sqlite_url) as opened:
        yield opened


@pytest.mark.parametrize("name", all_transcripts())
async def test_the_person_sees_what_is_written(one_database: Database, name: str):
    text = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    assert await played(one_database, script_of(text)) == text


def test_each_of_at_least_forty_forms_has_a_chat_of_its_own():
    forms = sorted(path.stem for path in CORPUS.glob("*.md"))
    assert forms == all_transcripts()
    assert len(forms) >= 40


def test_the_compiler_finds_no_error_in_them(capsys):
    assert check_cli.main([str(path) for path in sorted(CORPUS.glob("*.md"))]) == 0
