"""A port of this machine that nobody listens on."""

from socket import create_server


def free_port() -> int:
    with create_server(("", 0)) as found:
        port: int = found.getsockname()[1]
        return port
