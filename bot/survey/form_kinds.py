"""Which question types of XLSForm a chat asks, which it leaves out, and what to do instead of the others. Pure."""

from collections.abc import Mapping
from typing import Final

from bot.survey.questionnaire import Kind

KINDS: Mapping[str, Kind] = {
    "select one": "select_one",
    "select all that apply": "select_multiple",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "range": "range",
    "date": "date",
    "text": "text",
    "string": "text",
    "note": "note",
    "hidden": "hidden",
    "calculate": "calculate",
    "rank": "rank",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "time": "time",
    "dateTime": "datetime",
    "datetime": "datetime",
    "audio": "audio",
    "photo": "image",
    "file": "file",
    # the words of older forms
    "add text prompt": "text",
    "q string": "text",
    "add integer prompt": "integer",
    "q int": "integer",
    "add decimal prompt": "decimal",
    "q decimal": "decimal",
    "add date prompt": "date",
    "q date": "date",
    "add note prompt": "note",
    "q note": "note",
    "add calculate prompt": "calculate",
    "q calculate": "calculate",
}
NOT_NEEDED = frozenset({  # what a device would fill; the bot keeps times and persons itself
    "start", "end", "today", "deviceid", "username", "phonenumber", "email", "audit",
    "start-geopoint", "subscriberid", "simserial", "device id", "end time", "get device id",
    "get end time", "get phone number", "get sim id", "get start time", "get subscriber id",
    "get today", "phone number", "sim id", "start time", "subscriber id", "uri:deviceid",
    "uri:email", "uri:phonenumber", "uri:simserial", "uri:subscriberid", "uri:username",
})  # fmt: skip
_PLACE: Final = "Ask for the name of the place, as text or select_one."
_BARCODE: Final = "Ask for the number under the bars, as text."
_DAYS: Final = "Write integer, with a constraint such as . >= 0 and . <= 366."
_SHEET: Final = "Put the options on the sheet choices."
_ONE: Final = "Write select_one and the name of its list: select_one yesno."
_SEVERAL: Final = "Write select_multiple and the name of its list: select_multiple reasons."
_FILTERED: Final = "Write select_one, with a choice_filter; a long list is searched by typing."
_REMEDIES: Mapping[str, str] = {  # by the first words of the type
    "select_one_external": _FILTERED,
    "select one external": _FILTERED,
    "cascading": "Write a select_one for each step, with a choice_filter.",
    "select_one": _ONE,
    "select one": _ONE,
    "q select1": _ONE,
    "select_multiple": _SEVERAL,
    "select multiple": _SEVERAL,
    "q select": _SEVERAL,
    "q acknowledge": "Write acknowledge.",
    "add acknowledge": "Write acknowledge.",
    "q audio": "Write audio.",
    "background-audio": "Write audio: the person sends a voice message.",
    "q image": "Write image.",
    "q picture": "Write image.",
    "q video": "Write file: a video can be sent as a document. Or ask in words.",
    "video": "Write file: a video can be sent as a document. Or ask in words.",
    "date time": "Write dateTime.",
    "q date": "Write dateTime.",
    "add date": "Write dateTime.",
    "barcode": _BARCODE,
    "q barcode": _BARCODE,
    "add barcode": _BARCODE,
    "background-geopoint": _PLACE,
    "geo": _PLACE,
    "gps": _PLACE,
    "location": _PLACE,
    "osm": _PLACE,
    "q geo": _PLACE,
    "q location": _PLACE,
    "add location": _PLACE,
    "csv-external": _SHEET,
    "xml-external": _SHEET,
    "loop": "Write begin_repeat with a repeat_count, or write the questions out.",
    "number of days": _DAYS,
    "percentage": "Use range with start=0 end=100, or integer with a constraint.",
}
NOT_IN_CHAT: Mapping[str, str] = {  # by the name that pyxform gives the column
    "media": "The card of a chat is text. Say it in words, or hand the picture out and name it.",
    "trigger": "Leave the column empty: calculations follow every answer.",
}


def refusal(kind: str) -> tuple[str, str]:
    """What to tell of a type that a chat cannot ask, and the remedy."""
    known = [words for words in _REMEDIES if kind.startswith(words)]
    remedy = _REMEDIES[max(known, key=len)] if known else "Leave it out or ask in another way."
    return f'A chat cannot ask a question of type "{kind}".', remedy
