"""Which question types of XLSForm a chat asks, which it leaves out, and what to do instead of the others. Pure."""

from collections.abc import Mapping

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
REMEDIES: Mapping[str, str] = {
    "select_one": "Write the name of its list behind it: select_one yesno.",
    "select_multiple": "Write the name of its list behind it: select_multiple reasons.",
    "q audio": "Write audio.",
    "geopoint": "Ask for the name of the place, as text or select_one.",
    "gps": "Ask for the name of the place, as text or select_one.",
    "barcode": "Ask for the number under the bars, as text.",
    "csv-external": "Put the options on the sheet choices.",
    "xml-external": "Put the options on the sheet choices.",
    "percentage": "Use range with start=0 end=100, or integer with a constraint.",
    "date time": "Write dateTime.",
}
NOT_IN_CHAT: Mapping[str, str] = {  # by the name that pyxform gives the column
    "media": "Leave out the picture or sound and say it in words.",
    "trigger": "Leave the column empty: calculations follow every answer.",
}
