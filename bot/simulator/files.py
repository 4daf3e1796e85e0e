"""What is kept of the name and type that came with a file: such that both can be written, shown and sent again. Pure."""

import re
from pathlib import PurePosixPath

MOST_STEM, MOST_SUFFIX = 200, 20
UNNAMED, UNTYPED = "file", "application/octet-stream"
MIME = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


def plain_name(given: str) -> str:
    """Without folders, and without what nobody sees: control characters, half characters, turned writing."""
    base = given.replace("\\", "/").rpartition("/")[2]
    name = PurePosixPath("".join(one for one in base if one.isprintable()).strip())
    return name.stem[:MOST_STEM] + name.suffix[:MOST_SUFFIX] or UNNAMED


def plain_mime(given: str) -> str:
    """Without parameters such as the charset."""
    mime = given.partition(";")[0].strip().lower()
    return mime if MIME.fullmatch(mime) else UNTYPED


def suffix_in_a_path(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    return suffix if SUFFIX.fullmatch(suffix) else ""
