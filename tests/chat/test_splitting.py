"""Long texts become several messages, none of them broken; seen by the simulator, which refuses what Telegram refuses."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.outbox import Hooks, Outbox
from bot.chat.outgoing import Button, EditMessage, Screen, SendDocument, SendMessage
from bot.chat.shortening import clipped, shortened, units
from bot.chat.splitting import LONGEST, fitting, split
from bot.chat.updates import Lanes
from tests.simulator.bench import workbench

FAMILY = "👨‍👩‍👧"  # five code points, one character
WHOLE = (FAMILY, "🇮🇩", "👍🏽", "é", "1️⃣")


def plain(part: str) -> str:
    return re.sub(r"<[^<>]*>", "", part)


def joined(parts: list[str]) -> str:
    return re.sub(r"\s+", "", "".join(plain(part) for part in parts))


def is_balanced(part: str) -> bool:
    tags: list[str] = []
    for closes, name in re.findall(r"<(/?)(\w+)[^<>]*>", part):
        if not closes:
            tags.append(name)
        elif not tags or tags.pop() != name:
            return False
    return not tags


WORDS = st.lists(
    st.sampled_from(["a", "&amp;", "&#39;", "😀", *WHOLE]), min_size=1, max_size=40
).map("".join)


@given(
    words=st.lists(WORDS, min_size=1, max_size=20), between=st.sampled_from([" ", "\n", "\n\n", ""]),
    most=st.integers(60, 200),
)  # fmt: skip
def test_nothing_is_lost_or_broken_and_every_part_fits(words: list[str], between: str, most: int):
    text = f"<b>{between.join(words)}</b> <a href='x'>{between.join(words)}</a>"
    parts = split(text, most)
    assert all(units(part) <= most for part in parts)
    assert all(is_balanced(part) for part in parts)
    assert all(plain(part).strip() for part in parts)
    assert joined(parts) == joined([text])
    assert "&" not in re.sub(r"&amp;|&#39;", "", "".join(parts))


@pytest.mark.parametrize("character", WHOLE)
def test_a_character_of_several_code_points_is_never_cut(character: str):
    text = character * 50
    for most in range(20, 40):
        for part in (*split(text, most), clipped(text, most)[:-1], shortened(text, most)[:-1]):
            assert part.replace(character, "") == ""


def test_it_is_cut_between_paragraphs_then_lines_then_words():
    assert split("aa bb\n\ncc dd\nee ff gg", 15) == ["aa bb", "cc dd\nee ff gg"]
    assert split("aa bb\ncc dd ee ff", 12) == ["aa bb", "cc dd ee ff"]
    assert split("aa bb cc dd", 8) == ["aa bb", "cc dd"]
    assert split("aaaaaaaa", 5) == ["aaaaa", "aaa"]


def test_what_is_bold_stays_bold():
    assert split("<b>aa bb cc</b> dd", 13) == ["<b>aa bb</b>", "<b>cc</b> dd"]


def test_an_edited_message_keeps_its_beginning_and_the_buttons_go_below_the_rest():
    rows = ((Button("Ya", "a:1"),),)
    edited, below = fitting([EditMessage(1, 5, Screen("a " * 3000, rows))])
    assert (edited.message_id, edited.screen.buttons) == (5, ())
    assert (type(below), below.screen.buttons) == (SendMessage, rows)


async def test_telegram_takes_all_of_it_at_the_border_and_beyond():
    async def nothing(*_: object) -> None:
        pass

    texts = [
        "x" * LONGEST,
        "😀" * (LONGEST // 2) + "x",
        FAMILY * 2000,
        "<b>" + "Sangat penting &amp; mendesak. " * 400 + "</b>",
    ]
    heard: list[str] = []
    async with workbench() as bench:
        outbox = Outbox(bench.bot, Hooks(nothing, nothing), Lanes())
        for text in texts:  # to one each: nobody waits for a chat's limit
            siti = await bench.telegram.create_person("Siti")
            await siti.start()
            outbox.show(siti.id, [SendMessage(siti.id, Screen(text))])
            await outbox.quiet()
            heard += [one.text for one in (await siti.chat()).messages if one.from_bot]
        outbox.show(siti.id, [SendDocument(siti.id, b"x", caption="Judul " * 400)])
        await outbox.quiet()
        heard.append((await siti.chat()).messages[-1].text)
        assert await bench.telegram.invalid_calls() == []
    *told, caption = heard
    assert len(told) == 1 + 2 + 4 + 4
    assert all(units(text) <= LONGEST for text in told)
    meant = joined(texts).replace("&amp;", "&")
    assert joined(told) == meant, "something was lost"
    assert caption.endswith("…")
