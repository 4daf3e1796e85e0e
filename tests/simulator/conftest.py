"""One browser for all tests of a module: each test has a simulator, a context and a page of its own."""

from functools import partial

import pytest_asyncio

from tests.browser import chromium
from tests.simulator.page_stage import looking_at


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser():
    async with chromium() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def looking(browser):
    """Opens the page of a fresh stage; takes what `opened` takes."""
    return partial(looking_at, browser)
