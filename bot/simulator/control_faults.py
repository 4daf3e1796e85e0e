"""Control routes for what goes wrong on demand: the plan of faults, the next ones, an outage, and the sending limits."""

import time

from aiohttp import web

from bot.simulator.fault_plan import NotAPlan
from bot.simulator.fault_views import faults_view, read_next, read_outage, read_plan, read_rates
from bot.simulator.faults import begin, end
from bot.simulator.request_body import Unclear, body_of, shown
from bot.simulator.workbench import Workbench


def routes(bench: Workbench) -> list[web.AbstractRouteDef]:
    return [*_plan(bench), *_outage(bench), *_limits(bench)]


def _plan(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def show(_request: web.Request) -> web.Response:
        return _state(bench)

    async def put(request: web.Request) -> web.Response:
        body = await body_of(request)
        try:
            begin(bench.faults, read_plan(body))
        except NotAPlan as wrong:
            raise Unclear(str(wrong)) from wrong
        return _state(bench)

    async def delete(_request: web.Request) -> web.Response:
        end(bench.faults)
        bench.pulse.ring()  # webhooks that were out go on now
        return _state(bench)

    async def script(request: web.Request) -> web.Response:
        body = await body_of(request)
        try:
            bench.faults.scripted.append(read_next(body, bench.faults.plan))
        except NotAPlan as wrong:
            raise Unclear(str(wrong)) from wrong
        return _state(bench)

    return [
        web.get("/control/faults", show),
        web.put("/control/faults", put),
        web.delete("/control/faults", delete),
        web.post("/control/faults/next", script),
    ]


def _outage(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def begin_outage(request: web.Request) -> web.Response:
        body = await body_of(request)
        try:
            bench.faults.outage = read_outage(body, time.monotonic())
        except NotAPlan as wrong:
            raise Unclear(str(wrong)) from wrong
        bench.pulse.ring()  # long polls end now
        return _state(bench)

    async def end_outage(_request: web.Request) -> web.Response:
        bench.faults.outage = None
        bench.pulse.ring()  # webhooks that were out go on now
        return _state(bench)

    return [
        web.post("/control/faults/outage", begin_outage),
        web.delete("/control/faults/outage", end_outage),
    ]


def _limits(bench: Workbench) -> list[web.AbstractRouteDef]:
    async def show(_request: web.Request) -> web.Response:
        return shown(bench.books.rates)

    async def change(request: web.Request) -> web.Response:
        body = await body_of(request)
        try:
            bench.books.set_rates(read_rates(body))
        except ValueError as wrong:
            raise Unclear(str(wrong)) from wrong
        return shown(bench.books.rates)

    return [web.get("/control/limits", show), web.post("/control/limits", change)]


def _state(bench: Workbench) -> web.Response:
    return shown(faults_view(bench.faults, time.monotonic()))
