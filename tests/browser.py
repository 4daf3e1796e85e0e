"""Debian's chromium for the tests, driven by Playwright. CI must have one; on a machine without it these tests are reported as not run."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright

# As root, in a machine without a screen and without a way out: nothing may be asked of the network.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def chromium_path() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("CI has no chromium: .ci/run installs it")
    if found is None:
        pytest.skip("chromium is not installed: not run")
    return found


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def opened(
    browser: Browser, url: str, *, dark: bool = False, size: dict | None = None
) -> AsyncIterator[Page]:
    """A page of its own. Whatever the browser complains of fails the test."""
    context = await browser.new_context(
        viewport=size or WIDE, color_scheme="dark" if dark else "light", accept_downloads=True
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda said: said.type in {"error", "warning"} and complaints.append(said.text)
    )
    try:
        await page.goto(url)
        yield page
    finally:
        await context.close()
    assert complaints == []
