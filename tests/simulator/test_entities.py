"""HTML as Telegram's own parser reads it."""

import pytest

from bot.simulator.entities import parse_html, plain, trimmed, with_detected
from bot.simulator.refusals import Refused


@pytest.mark.parametrize(
    ("source", "text", "marked"),
    [
        ("<b>Halo</b> Siti", "Halo Siti", [("bold", 0, 4)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><s>b</s><ins>c</ins><del>d</del>", "abcd",
         [("underline", 0, 1), ("strikethrough", 1, 1), ("underline", 2, 1), ("strikethrough", 3, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("👍👍 <b>x</b>", "👍👍 x", [("bold", 5, 1)]),  # an emoji counts twice
        ("a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#x41;", 'a <b> & "c" \'dA', []),
        ("&nbsp; stays &copy", "&nbsp; stays &copy", []),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<B>x</B>", "x", [("bold", 0, 1)]),
        ("<b>x</>", "x", [("bold", 0, 1)]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source, text, marked):
    formatted = parse_html(source)
    assert formatted.text == text
    assert [(entity.type, entity.offset, entity.length) for entity in formatted.entities] == marked


def test_a_link_keeps_its_address():
    (entity,) = parse_html('<a href="https://example.org/?a=1&amp;b=2">sini</a>').entities
    assert (entity.type, entity.url) == ("text_link", "https://example.org/?a=1&b=2")


def test_a_link_without_an_address_is_plain_text():
    assert parse_html("<a>bukan alamat</a>").entities == ()


def test_code_in_pre_is_one_entity_with_a_language():
    (entity,) = parse_html('<pre><code class="language-python">x = 1</code></pre>').entities
    assert (entity.type, entity.language, entity.length) == ("pre", "python", 5)


def test_a_class_on_code_alone_is_dropped():
    (entity,) = parse_html('<code class="language-python">x</code>').entities
    assert (entity.type, entity.language) == ("code", None)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("nilai <5", "Unclosed start tag at byte offset 6"),
        ("nilai < 5", 'Unsupported start tag "" at byte offset 6'),
        ("nilai <5 dan >3", 'Unsupported start tag "5" at byte offset 6'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("é<Format>", 'Unsupported start tag "format" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("<a href=http://x>y</a>", "Unexpected end of name token at byte offset 8"),
        ("&#xDFDF; ", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)  # fmt: skip
def test_bad_html_is_refused_in_telegrams_words(source, problem):
    with pytest.raises(Refused) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {problem}"


def test_text_is_trimmed_and_the_marks_move_along():
    formatted = parse_html("\n  <b> tebal </b> \n")
    assert formatted.text == "tebal"
    assert [(entity.offset, entity.length) for entity in formatted.entities] == [(0, 5)]


def test_commands_and_links_are_found_but_not_inside_code():
    found = with_detected(parse_html("/start lihat https://example.org <code>/bukan</code>"))
    assert [entity.type for entity in found.entities] == ["bot_command", "url", "code"]


def test_a_slash_inside_a_word_is_no_command():
    assert with_detected(plain("dan/atau 1/2")).entities == ()


def test_trimming_plain_text_changes_only_its_ends():
    assert trimmed(plain(" a  b ")).text == "a  b"
