"""The schema at the start of the bot: nearly always it is this version's already, and then Alembic (8 MB) is not even loaded."""

import re
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def bring_up(url: str) -> None:
    if not is_newest(url):
        from bot.store.migrate import migrate  # noqa: PLC0415  # see above

        migrate(url)


def is_newest(url: str) -> bool:
    """False also for what cannot be opened: `migrate` says why."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return False
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif not parsed.database or not Path(parsed.database).exists():
        return False
    engine = create_engine(parsed)
    try:
        with engine.connect() as connection:
            found = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    except DBAPIError:
        return False
    finally:
        engine.dispose()
    return list(found) == [newest_revision()]


def newest_revision() -> str:
    """Migrations are numbered by the names of their files: v0015_released.py."""
    return max(
        found[1] for path in VERSIONS.iterdir() if (found := re.match(r"v(\d{4})_", path.name))
    )
