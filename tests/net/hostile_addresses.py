"""Hostile addresses of our own making, names that resolve inwards, and good ones: for machines without the corpus.

Each hostile one leads, by one spelling or another, to an address that is not public, or is no address of the web.
"""

import json
import os
from pathlib import Path

from net_world import PUBLIC

PUBLIC_NAMES = {
    name: [PUBLIC] for name in ("good.example", "example.com", "www.voxeurop.eu", "xn--80aswg.xn--p1ai")
}
INNER_NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "localhost.localdomain": ["127.0.0.1"],
    "ip6-localhost": ["::1"],
    "kubernetes.default.svc": ["10.96.0.1"],
    "host.docker.internal": ["192.168.65.2"],
    "metadata.google.internal": ["169.254.169.254"],
    "rebind.test": ["127.0.0.1"],
    "mixed.test": [PUBLIC, "10.0.0.1"],
    "six.test": ["fd00::1"],
    "mapped.test": ["::ffff:10.0.0.1"],
    "127.0.0.1.nip.io": ["127.0.0.1"],
}
GOOD = (
    "https://good.example/", "http://example.com/news?a=b", "https://example.com./", f"http://{PUBLIC}/", "http://сайт.рф/",
    "https://[2606:4700:4700::1111]/",
)  # fmt: skip
HOSTILE = (
    # this machine
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://0x7f.1/",
    "http://0/", "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://127.0.0.1.:80/", "http://①②⑦.⓪.⓪.①/",
    "http://１２７.０.０.１/", "http://127。0。0。1/", "http://%31%32%37.0.0.1/", "http://LOCALHOST/", "http://localhost.localdomain/",
    "http://127.0.0.1%2f@good.example@127.0.0.1/", "http://good.example@127.0.0.1/", "http://127.0.0.1#@good.example/",
    "http://127.0.0.1\\@good.example/", "http://good.example:80@127.0.0.1:80/", "//127.0.0.1/", "http:\\\\127.0.0.1/", "http:/\t/127.0.0.1/",
    "http://127.0.0.1:80\r\nHost: good.example/", "http://rebind.test/", "http://127.0.0.1.nip.io/",
    # networks behind us
    "http://10.0.0.1/", "http://10.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://3232235777/", "http://100.64.0.1/",
    "http://mixed.test/", "http://six.test/", "http://mapped.test/", "http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[fec0::1]/",
    "http://kubernetes.default.svc/", "http://host.docker.internal/",
    # the cloud's own
    "http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xa9fea9fe/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/",
    "http://metadata.google.internal/computeMetadata/v1/", "http://168.63.129.16/", "http://[fd00:ec2::254]/",
    # one address inside another
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::169.254.169.254]/",
    "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::1]/", "http://[64:ff9b:1::1]/",
    # nobody's
    "http://224.0.0.1/", "http://255.255.255.255/", "http://240.0.0.1/", "http://198.18.0.1/", "http://203.0.113.9/", "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    # doors that are no web server's
    "http://good.example:22/", "http://good.example:6379/", "http://good.example:25/", "http://good.example:0/",
    # brackets around what is no address
    "http://[good.example]/", "http://[127.0.0.1]/", "http://[::1", "http://[v1.x]/",
    # no web at all
    "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "ftp://127.0.0.1/", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "jar:http://127.0.0.1!/",
    "data:text/html,x", "javascript:alert(1)", "unix:///run/docker.sock", "http+unix://%2frun%2fdocker.sock/",
)  # fmt: skip


def corpus_addresses():
    """Return what the attack corpus has of hostile and of good addresses; nothing where there is no corpus."""
    here = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    file = Path(os.environ.get("DATELINE_CORPUS", here)) / "security" / "ssrf.jsonl"
    if not file.is_file():
        return [], []
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    written = [row for row in rows if row["cls"] not in {"redirect", "second-order", "dns"}]
    redirects = [row["url"].split(":", 2)[2] for row in rows if row["cls"] == "redirect"]
    inner = [
        row["url"].split(":", 2)[-1].replace("PORT", "8000") for row in rows if row["cls"] == "second-order"
    ]
    hostile = [row["url"] for row in written if row["must_block"]] + redirects
    hostile += [f"http://{url.rpartition('http://')[2]}" for url in inner]
    return hostile, [row["url"] for row in written if not row["must_block"]]
