"""The web page of the simulator: one HTML file and what it loads, served as they lie in `static/`. No build step, nothing from afar."""

from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
# Changes of the page are seen at once, and what a bot wrote can never load or run anything.
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; "
        "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
}
TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml",
}  # fmt: skip


def routes() -> list[web.AbstractRouteDef]:
    return [web.get("/", _index), web.get("/static/{path:.+}", _static)]


async def _index(_request: web.Request) -> web.StreamResponse:
    return _file(STATIC / "index.html")


async def _static(request: web.Request) -> web.StreamResponse:
    path = (STATIC / request.match_info["path"]).resolve()
    if STATIC not in path.parents or not path.is_file():
        raise web.HTTPNotFound
    return _file(path)


def _file(path: Path) -> web.Response:
    kind = TYPES.get(path.suffix, "text/plain")
    return web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS)
