"""Behind https the certificate is checked against the name that was asked for, not the address that was dialled."""

import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from net_world import get, page

from dateline.net.errors import CannotConnect

HERE = Path(__file__).parent
ASK = """
import sys
sys.path.insert(0, sys.argv[1])
from net_world import get
host, port = sys.argv[2], int(sys.argv[3])
try:
    response = get(f"https://{host}:{port}/", allowed=[(host, port)], names={host: [["127.0.0.1"]]})
    print(response.body.decode())
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for friend.example that nobody has signed but itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: no certificate can be made for this test")
    folder = tmp_path_factory.mktemp("certificate")
    made = folder / "certificate.pem", folder / "key.pem"
    words = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=friend.example"
    )
    names = ["-addext", "subjectAltName=DNS:friend.example", "-out", str(made[0]), "-keyout", str(made[1])]
    subprocess.run(["openssl", *words.split(), *names], check=True, capture_output=True)
    return made


@pytest.fixture
def encrypted(serve, certificate):
    """A server that speaks TLS with that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def talk(connection, _):
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(65536)
            secure.sendall(page(b"news under seal"))

    return serve(talk, reads_head=False)


def ask_trusting(host, port, certificate):
    """Fetch in a process of its own that trusts this certificate."""
    environment = {**os.environ, "SSL_CERT_FILE": str(certificate[0]), "PYTHONPATH": str(HERE.parent.parent)}
    words = [sys.executable, "-c", ASK, str(HERE), host, str(port)]
    return subprocess.run(words, env=environment, check=True, capture_output=True, text=True).stdout


def test_a_page_under_a_trusted_seal_comes_home(encrypted, certificate):
    assert ask_trusting("friend.example", encrypted.port, certificate) == "news under seal\n"


def test_a_trusted_seal_for_another_name_is_refused(encrypted, certificate):
    told = ask_trusting("other.example", encrypted.port, certificate)
    assert told.startswith("CannotConnect")
    assert "certificate" in told


def test_a_seal_that_nobody_trusts_is_refused(encrypted):
    pair = ("friend.example", encrypted.port)
    with pytest.raises(CannotConnect, match="certificate that cannot be trusted"):
        get(
            f"https://friend.example:{encrypted.port}/",
            allowed=[pair],
            names={"friend.example": [["127.0.0.1"]]},
        )
