"""A chat as JSON, whatever hangs in it: nothing is left out, times are ISO text.

The slow way of the standard library is what it is compared with.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from bot.simulator.views import (
    ActionView,
    Button,
    ChatView,
    CommandView,
    FileView,
    Key,
    MessageView,
    ReplyKeyboardView,
    TapView,
    as_json_text,
)

AT = datetime(2026, 11, 26, 8, tzinfo=UTC)
MESSAGE = MessageView(
    7, AT, 1, "Siti", True, "photo", "“Ya”", "<b>“Ya”</b>", ({"type": "bold", "offset": 0, "length": 4},),
    ((Button("Ya", "a:1"), Button("Panduan", url="https://example.id")), (Button("Tidak", "a:2"),)),
    {"inline_keyboard": [[{"text": "Ya", "callback_data": "a:1"}]]}, FileView("f1", "a.png", "image/png", 9), AT, {"dice": {"value": 3}},
)  # fmt: skip
CHAT = ChatView(
    1, "private", "Siti", False, True, ("typing",), (MESSAGE,), (TapView("q1", 7, "a:1", AT, True, "Tersimpan", False),),
    ReplyKeyboardView(7, ((Key("Kirim nomor", "contact"),),)), (CommandView("mulai", "Mulai"),), ActionView("typing", 1.5),
)  # fmt: skip


def test_a_chat_is_written_with_all_that_hangs_in_it():
    whole = json.dumps(asdict(CHAT), default=datetime.isoformat, ensure_ascii=False)
    assert as_json_text(CHAT) == whole
    assert as_json_text({"chats": [CHAT]}) == f'{{"chats": [{whole}]}}'
