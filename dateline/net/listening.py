"""Whether a port of this machine can be listened on. Sends nothing."""

import errno
import socket


class PortTaken(OSError):
    """Another program listens there."""


class PortForbidden(OSError):
    """The system does not let us listen there."""


def make_sure_it_is_free(host: str, port: int) -> None:
    """Return if `host` and `port` can be listened on. Raises PortTaken or PortForbidden with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise _named(error, host, port) from None


def _named(error: OSError, host: str, port: int) -> OSError:
    place = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        return PortTaken(
            f"Another program already listens on {place}. Stop it, or choose another: PORT={port + 1} make run"
        )
    if error.errno == errno.EACCES:
        return PortForbidden(
            f"The system does not let this user listen on {place}. Choose a port above 1024: PORT=8000 make run"
        )
    return PortForbidden(
        f"Nobody can listen on {place}: {error.strerror}. Set HOST and PORT to an address of this machine."
    )
