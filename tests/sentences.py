"""The sentences of config/texts, read once for all tests of a process: they are some 1,500, in two languages."""

from pathlib import Path

from bot.chat.texts import load_texts

TEXTS_DIR = Path(__file__).parents[1] / "config" / "texts"
TEXTS = load_texts(TEXTS_DIR)
