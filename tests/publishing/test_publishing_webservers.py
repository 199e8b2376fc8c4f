"""nginx and Caddy give out the baked site as our own server does, without Python."""

import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dateline.publishing.serving.caddy import caddy_site
from dateline.publishing.serving.nginx import nginx_site
from dateline.publishing.serving.served import Served, styles_in
from dateline.publishing.stores.disk import DiskStore
from dateline.publishing.stores.headers import PLAYERS, cache_of
from dateline.publishing.stores.shelf import Shelf

PAGE = b"<!doctype html><html><head><title>A</title><style>p{color:red}</style></head><body>%s</body></html>"
Ask = Callable[..., tuple[int, dict[str, str], bytes]]


@pytest.fixture
def site(tmp_path: Path) -> Served:
    store = DiskStore(tmp_path / "site")
    store.put("index.html", PAGE % b"home")
    store.put("az/2026/xəbər/index.html", PAGE % ("xəbər " * 200).encode())
    store.put("en/gone/index.html", PAGE % b"taken back", status=410)
    store.put("en/law/index.html", PAGE % b"for legal reasons", status=451)
    store.put("404.html", PAGE % b"nothing here", status=404)
    store.put("az/404.html", PAGE % "burada heç nə yoxdur".encode(), status=404)
    store.put("feed.xml", b"<rss/>")
    store.put("static/site.0123456789ab.js", b"export {}")
    store.put("static/site.js", b"export {}")
    (tmp_path / "site" / "_").mkdir(exist_ok=True)
    (tmp_path / "site" / "_" / "redirects.json").write_text("{}")
    for name in ("images", "identity"):
        (tmp_path / "media" / name).mkdir(parents=True)
    (tmp_path / "media" / "images" / "a.svg").write_text("<svg/>")
    return Served(
        name="127.0.0.1",
        root=tmp_path / "site",
        images=tmp_path / "media" / "images",
        identity=tmp_path / "media" / "identity",
        listen=_free_port(),
        upstream=f"127.0.0.1:{_free_port()}",
        languages=("az", "en"),
        statuses={"en/gone/index.html": 410, "en/law/index.html": 451, "404.html": 404, "az/404.html": 404},
        redirects={"/az/köhnə/": "/az/2026/xəbər/", '/x"; return 200; #/': "/"},
        styles=styles_in([PAGE]),
        is_secure=True,
        has_cache=True,
    )


@pytest.fixture
def nginx(site: Served, tmp_path: Path) -> Iterator[Ask]:
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        pytest.skip("nginx is not installed")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "site.conf").write_text(nginx_site(site))
    paths = "".join(
        f"{one}_temp_path {tmp_path}/run/{one};\n"
        for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "run" / "nginx.conf"
    whole.write_text(
        f"daemon off; master_process off; pid {tmp_path}/run/pid; error_log {tmp_path}/run/error.log warn;\n"
        f"events {{}} http {{ access_log off; {paths} include {tmp_path}/run/site.conf; }}"
    )
    checked = subprocess.run([program, "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    yield from _running([program, "-c", str(whole)], site)


@pytest.fixture
def caddy(site: Served, tmp_path: Path) -> Iterator[Ask]:
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("Caddy is not installed")
    file = tmp_path / "Caddyfile"
    file.write_text("{\n\tadmin off\n\tauto_https off\n}\n" + caddy_site(site))
    yield from _running([program, "run", "--adapter", "caddyfile", "--config", str(file)], site)


def test_nginx_gives_out_what_our_own_server_would(nginx: Ask, site: Served) -> None:
    _gives_out_the_site(nginx, site)


def test_caddy_gives_out_what_our_own_server_would(caddy: Ask, site: Served) -> None:
    _gives_out_the_site(caddy, site)


def test_a_withdrawal_needs_no_reload(nginx: Ask, site: Served) -> None:
    assert nginx("/az/2026/x%C9%99b%C9%99r/")[0] == 200
    DiskStore(site.root).put("az/2026/xəbər/index.html", PAGE % b"taken back", status=410)
    status, _headers, body = nginx("/az/2026/x%C9%99b%C9%99r/")
    assert (status, b"taken back" in body) == (410, True)


def _gives_out_the_site(ask: Ask, site: Served) -> None:
    shelf = Shelf(site.root)
    for path in ("/", "/az/2026/x%C9%99b%C9%99r/", "/feed.xml"):
        held = shelf.find(path)
        status, headers, body = ask(path)
        assert held
        assert (status, body) == (200, held.forms[""].body)
        ours = dict(held.headers)
        for name in ("content-type", "cache-control", "x-content-type-options", "referrer-policy"):
            assert headers[name].lower() == ours[name].lower(), (path, name)
        # Another server cannot look into a page: it allows the players everywhere, and all else as ours does.
        theirs = (headers.get("content-security-policy") or "").replace(
            f"frame-src {PLAYERS}", "frame-src 'none'"
        )
        assert theirs == ours.get("content-security-policy", ""), path
        for name in ("access-control-allow-origin", "cross-origin-resource-policy"):
            assert headers.get(name) == ours.get(name), (path, name)
        assert headers["strict-transport-security"].startswith("max-age=63072000")
        assert "stale-while-revalidate" in headers["cdn-cache-control"]
    _status, headers, body = ask("/az/2026/x%C9%99b%C9%99r/", {"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert body == (site.root / "az/2026/xəbər/index.html.gz").read_bytes()
    assert (
        ask("/az/2026/x%C9%99b%C9%99r/", {"If-None-Match": headers["etag"], "Accept-Encoding": "gzip"})[0]
        == 304
    )
    for path in ("/static/site.0123456789ab.js", "/static/site.js", "/media/images/a.svg", "/feed.xml"):
        kept = ask(path)[1]["cache-control"]
        assert kept == cache_of(path), path
    assert ask("/media/images/a.svg")[1]["cross-origin-resource-policy"] == "cross-origin"
    for path, status, said in (
        ("/en/gone/", 410, b"taken back"),
        ("/en/law/", 451, b"legal"),
        ("/en/nowhere/", 404, b"nothing here"),
        ("/az/nowhere/", 404, "heç nə".encode()),
    ):
        answer = ask(path)
        assert (answer[0], said in answer[2]) == (status, True), path
    status, headers, _body = ask("/az/k%C3%B6hn%C9%99/")
    assert (status, headers["location"]) == (301, "/az/2026/x%C9%99b%C9%99r/")
    for path in ("/_/redirects.json", "/index.html.gz", "/en/gone/index.html.status"):
        assert ask(path)[0] == 404, path
    assert "sandbox" in ask("/media/images/a.svg")[1]["content-security-policy"]
    assert ask("/desk/")[0] == 502  # passed on: nobody listens there


def _running(command: list[str], site: Served) -> Iterator[Ask]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_for(site.listen, process)
        yield _asking(site.listen)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with closing(socket.socket()) as tried:
            tried.settimeout(1)
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
    message = process.stderr.read().decode() if process.stderr else ""
    raise AssertionError(message)


def _asking(port: int) -> Ask:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
            return None

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)

    def ask(path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers or {})
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status, _lowered(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, _lowered(error.headers), error.read()

    return ask


def _lowered(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
