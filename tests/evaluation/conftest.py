from types import ModuleType

import pytest


@pytest.fixture
def pingouin() -> ModuleType:
    """An oracle that takes longer to load than most tests to run: only who asks it loads it."""
    import pingouin  # noqa: PLC0415

    return pingouin
