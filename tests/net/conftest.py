"""Servers on loopback, and a count of every socket that is connected."""

import socket
from collections.abc import Callable

import pytest
from net_world import Server


@pytest.fixture
def serve():
    """Start servers that answer with fixed bytes or talk by themselves; all are closed at the end."""
    servers = []

    def start(answer: bytes | Callable[[socket.socket, str], None], *, reads_head: bool = True) -> Server:
        talk = answer if callable(answer) else lambda connection, _: connection.sendall(answer)
        servers.append(Server(talk, reads_head=reads_head))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def dialled(monkeypatch):
    """Every address that a socket was connected to. Those outside this machine are turned away there."""
    addresses = []
    connect = socket.socket.connect

    def note(self, address):
        addresses.append(address[0])
        if not str(address[0]).startswith("127."):
            raise ConnectionRefusedError(111, "turned away by the test")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", note)
    return addresses
