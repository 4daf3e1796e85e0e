"""A file with one moment in it, which town and bot tell each other: what time it is, and until when a tick has done its work."""

import os
import struct
from datetime import UTC, datetime
from pathlib import Path


def write_moment(path: Path, moment: datetime) -> None:
    """In place: it is read at any moment, and a writer may be killed."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT)
    os.pwrite(file, struct.pack("d", moment.timestamp()), 0)
    os.close(file)


def read_moment(path: Path) -> datetime | None:
    """None: nothing was written yet."""
    written = path.read_bytes() if path.exists() else b""
    if not written:
        return None
    (seconds,) = struct.unpack("d", written)
    return datetime.fromtimestamp(seconds, UTC)
