"""Makes `data/botapi.json` from a full api.min.json: the methods this server offers, the types they are given,
and the names of all other methods, which are refused in other words than what is no method at all.

    python -m bot.simulator.extract PATH/api.min.json

The source is the public repository PaulSonOfLars/telegram-bot-api-spec (MIT); its notice goes into the extract.
"""

import json
import sys
from pathlib import Path

from bot.simulator.json_types import Json, JsonObject, as_list, as_object, as_text

TARGET = Path(__file__).parent / "data" / "botapi.json"
METHODS = (
    "getMe", "logOut", "close", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo",
    "sendMessage", "sendPhoto", "sendDocument", "sendVoice", "sendSticker", "sendChatAction",
    "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "deleteMessage",
    "answerCallbackQuery", "getFile", "getChat", "leaveChat",
    "setMyCommands", "getMyCommands", "deleteMyCommands",
    "setMyName", "getMyName", "setMyDescription", "getMyDescription",
    "setMyShortDescription", "getMyShortDescription", "setChatMenuButton", "getChatMenuButton",
)  # fmt: skip
NOTICE = """\
Extract of api.min.json from https://github.com/PaulSonOfLars/telegram-bot-api-spec
MIT License. Copyright (c) PaulSonOfLars and contributors.
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:
The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.
THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


def extracted(description: JsonObject) -> JsonObject:
    methods, types = as_object(description["methods"]), as_object(description["types"])
    kept: JsonObject = {}
    for method in METHODS:
        _collect(methods[method], types, kept)
    return {
        "notice": list[Json](NOTICE.splitlines()),
        "version": description["version"],
        "methods": {name: _lean(methods[name]) for name in METHODS},
        "types": {name: kept[name] for name in sorted(kept)},
        "not_offered": list[Json](sorted(set(methods) - set(METHODS))),
    }


def main(argv: list[str]) -> int:
    if len(argv) != 1:
        sys.stderr.write("usage: python -m bot.simulator.extract PATH/api.min.json\n")
        return 2
    description = json.loads(Path(argv[0]).read_text(encoding="utf-8"))
    TARGET.write_text(_one_entry_a_line(extracted(description)), encoding="utf-8")
    return 0


def _collect(entry: Json, types: JsonObject, kept: JsonObject) -> None:
    found = as_object(entry)
    names = [as_text(name) for name in as_list(found.get("subtypes"))]
    for field in as_list(found.get("fields")):
        names += [as_text(name) for name in as_list(as_object(field)["types"])]
    for name in names:
        bare = name.replace("Array of ", "")
        if bare in types and bare not in kept:
            kept[bare] = _lean(types[bare])
            _collect(types[bare], types, kept)


def _lean(entry: Json) -> JsonObject:
    """Without prose: it is Telegram's, long, and not what is checked."""
    found = as_object(entry)
    lean: JsonObject = {
        "fields": [
            {name: as_object(field)[name] for name in ("name", "types", "required")}
            for field in as_list(found.get("fields"))
        ]
    }
    if "subtypes" in found:
        lean["subtypes"] = found["subtypes"]
    return lean


def _one_entry_a_line(extract: JsonObject) -> str:
    parts = []
    for key, value in extract.items():
        if isinstance(value, dict):
            lines = ",\n".join(
                f"{json.dumps(name)}: {json.dumps(item)}" for name, item in value.items()
            )
            parts.append(f"{json.dumps(key)}: {{\n{lines}\n}}")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, indent=1)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
