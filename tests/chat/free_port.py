"""Ports of this machine that nobody listens on."""

from contextlib import ExitStack
from socket import create_server


def free_port() -> int:
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """All of them different."""
    with ExitStack() as stack:
        found = [stack.enter_context(create_server(("", 0))) for _ in range(count)]
        return [one.getsockname()[1] for one in found]
