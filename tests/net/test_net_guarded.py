"""The guarded door brings home what an honest server says, and cuts everything else off by name."""

import asyncio
import gzip
import threading
import time
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from net_world import NOW, PUBLIC, Names, get, page
from soaking import budget

from dateline.net.errors import (
    AddressRefused,
    BrokenResponse,
    CannotConnect,
    CannotResolve,
    FetchError,
    TooLarge,
    TooManyRedirects,
    TooSlow,
)
from dateline.net.guarded import Door, fetch, user_agent
from dateline.net.letters import HeaderNotAllowed, Hop, Request

BOMBS = {"gzip": "html64m.gz", "br": "zeros64m.br", "deflate": "zeros64m.deflate"}


def test_an_honest_page_comes_home_whole(serve):
    outlet = serve(page(b"<p>News</p>", "Content-Type: text/html", 'ETag: W/"7"'))
    response = get(outlet.url + "a?b=c#part", allowed=[outlet.pair])
    assert response.status == 200
    assert response.body == b"<p>News</p>"
    assert response.url == outlet.url + "a?b=c#part"
    assert response.final_url == outlet.url + "a?b=c"
    assert response.header("etag") == 'W/"7"'
    assert ("Content-Type", "text/html") in response.headers
    assert response.hops == ()
    assert response.fetched_at == NOW


def test_we_say_who_we_are_and_carry_nothing_else(serve, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9/")
    outlet = serve(page(b"", "Set-Cookie: a=b"))
    for _ in range(2):
        get(outlet.url, allowed=[outlet.pair], headers={"If-None-Match": '"7"', "Accept": "text/html"})
    head = outlet.heads[1].lower()
    names = {line.partition(":")[0] for line in head.split("\r\n")[1:] if line}
    assert names == {"host", "user-agent", "accept", "accept-encoding", "if-none-match", "connection"}
    assert "user-agent: dateline/1 (+https://digest.example)" in head
    assert "accept: text/html" in head


def test_the_honest_name_holds_the_version_and_where_to_complain():
    assert (
        user_agent(version="0.1", contact="https://digest.example")
        == "Dateline/0.1 (+https://digest.example)"
    )


@pytest.mark.parametrize("name", ["Cookie", "authorization", "Referer", "Host", "User-Agent", "Range"])
def test_our_own_code_cannot_send_other_headers(name):
    with pytest.raises(HeaderNotAllowed, match=name):
        Request("https://paper.example/", headers={name: "x"})


@pytest.mark.parametrize("broken", ["a\r\nX-Evil: 1", "\x00", "\ud800", " ", "x" * 5000])
def test_a_validator_that_no_header_can_hold_is_left_out(broken, serve):
    outlet = serve(page(b"whole"))
    assert get(outlet.url, allowed=[outlet.pair], headers={"If-None-Match": broken}).body == b"whole"
    assert "if-none-match" not in outlet.heads[0].lower()
    assert "evil" not in outlet.heads[0].lower()


@pytest.mark.parametrize(
    "status", ["304 Not Modified", "404 Not Found", "410 Gone", "429 Slow Down", "503 Later"]
)
def test_a_status_is_an_answer_and_no_error(status, serve):
    outlet = serve(page(b"", "Retry-After: 120", status=status))
    response = get(outlet.url, allowed=[outlet.pair])
    assert response.status == int(status[:3])
    assert response.header("Retry-After") == "120"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress), ("x-gzip", gzip.compress)],
)
def test_packed_pages_are_unpacked(encoding, pack, serve):
    outlet = serve(page(pack(b"news " * 1000), f"Content-Encoding: {encoding}"))
    assert get(outlet.url, allowed=[outlet.pair]).body == b"news " * 1000


def test_redirects_are_followed_and_told(serve):
    def talk(connection, head):
        if head.startswith("GET /old "):
            connection.sendall(page(b"x", "Location: /new?a=1", status="301 Moved"))
        elif head.startswith("GET /new"):
            connection.sendall(page(b"", "Location: last#x", status="302 Found"))
        else:
            connection.sendall(page(b"here"))

    outlet = serve(talk)
    response = get(outlet.url + "old", allowed=[outlet.pair])
    assert response.body == b"here"
    assert response.final_url == outlet.url + "last"
    assert response.hops == (Hop(outlet.url + "old", 301), Hop(outlet.url + "new?a=1", 302))


def test_five_redirects_are_followed_and_the_sixth_is_not(serve):
    def talk(connection, head):
        step = int(head.split()[1].strip("/"))
        last = step == 0
        connection.sendall(page(b"", f"Location: /{step - 1}", status="200 OK" if last else "302 Found"))

    outlet = serve(talk)
    assert len(get(outlet.url + "5", allowed=[outlet.pair]).hops) == 5
    with pytest.raises(TooManyRedirects, match="after 5 redirects"):
        get(outlet.url + "6", allowed=[outlet.pair])


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:1/", "http://[::1", "file:///etc/passwd", "//user@a.example/"]
)
def test_a_pair_opens_itself_and_not_its_neighbours(location, serve, dialled):
    outlet = serve(page(b"", f"Location: {location}", status="302 Found"))
    with pytest.raises(AddressRefused) as refused:
        get(outlet.url, allowed=[outlet.pair])
    assert refused.value.asked == outlet.url
    assert len(dialled) == 1


def test_a_name_that_leads_to_an_allowed_pair_is_not_that_pair(serve, dialled):
    outlet = serve(page(b"inside"))
    with pytest.raises(AddressRefused):
        get(
            f"http://evil.example:{outlet.port}/",
            allowed=[outlet.pair],
            names={"evil.example": [["127.0.0.1"]]},
        )
    assert dialled == []
    pair = ("friend.example", outlet.port)
    friend = f"http://friend.example:{outlet.port}/"
    assert get(friend, allowed=[pair], names={"friend.example": [["127.0.0.1"]]}).body == b"inside"


@pytest.mark.parametrize("encoding", BOMBS)
def test_a_bomb_is_cut_while_it_is_small(encoding, serve, corpus):
    packed = (corpus / "security" / "bombs" / BOMBS[encoding]).read_bytes()
    outlet = serve(page(packed, f"Content-Encoding: {encoding}"))
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="more than 1 MiB"):
            get(outlet.url, allowed=[outlet.pair], limit_bytes=2**20)
        assert tracemalloc.get_traced_memory()[1] < 6 * 2**20
    finally:
        tracemalloc.stop()


def test_a_body_at_the_limit_is_taken_and_one_byte_more_is_not(serve):
    exact = serve(page(b"x" * 1000))
    assert len(get(exact.url, allowed=[exact.pair], limit_bytes=1000).body) == 1000
    with pytest.raises(TooLarge):
        get(exact.url, allowed=[exact.pair], limit_bytes=999)


def test_an_endless_answer_is_cut(serve):
    def talk(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"<item>" * 10_000)

    outlet = serve(talk)
    with pytest.raises(TooLarge) as cut:
        get(outlet.url, allowed=[outlet.pair], limit_bytes=10**6)
    assert outlet.url in str(cut.value)


def test_an_announced_size_is_believed_when_it_is_too_large(serve):
    outlet = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx")
    with pytest.raises(TooLarge):
        get(outlet.url, allowed=[outlet.pair])


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: y",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ],
)
def test_a_server_that_falls_silent_is_cut_by_the_deadline(start, serve):
    outlet = None

    def talk(connection, _):
        connection.sendall(start)
        outlet.closing.wait(5)

    outlet = serve(talk)
    with pytest.raises(TooSlow, match=r"0\.2 seconds"):
        get(outlet.url, allowed=[outlet.pair], deadline_seconds=0.2)


def test_the_deadline_is_for_the_whole_exchange_and_not_for_each_byte(serve):
    outlet = None

    def talk(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not outlet.closing.wait(0.02):
            connection.sendall(b"x")

    outlet = serve(talk)
    started = time.monotonic()
    with pytest.raises(TooSlow):
        get(outlet.url, allowed=[outlet.pair], deadline_seconds=0.3)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\x01\x02",
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nab",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
        page(b"plain, whatever the header says", "Content-Encoding: gzip"),
        page(b"plain, whatever the header says", "Content-Encoding: br"),
        page(b"plain, whatever the header says", "Content-Encoding: deflate"),
        page(gzip.compress(b"half" * 1000, mtime=0)[:30], "Content-Encoding: gzip"),
        page(b"x", "Content-Encoding: zstd"),
        page(b"x", "Content-Encoding: \xff\xfe"),
        page(gzip.compress(b"", mtime=0) * 200, "Content-Encoding: gzip"),
    ],
)
def test_a_broken_answer_is_named_and_nothing_of_it_is_kept(answer, serve):
    outlet = serve(answer)
    with pytest.raises(BrokenResponse) as broken:
        get(outlet.url, allowed=[outlet.pair])
    assert outlet.url in str(broken.value)
    assert str(broken.value).endswith(".")
    assert not any(odd in str(broken.value) for odd in ("Error", "message=", "<", "400,"))


@pytest.mark.parametrize(
    "length", [b"Content-Length: 500\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n50\r\n"]
)
def test_a_server_that_hangs_up_in_the_middle_is_said_to_have_hung_up(length, serve):
    outlet = serve(b"HTTP/1.1 200 OK\r\n" + length + b"half")
    with pytest.raises(BrokenResponse, match="hung up in the middle of its answer"):
        get(outlet.url, allowed=[outlet.pair])


@settings(
    max_examples=budget(150, whole=2000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    start=st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                           b"HTTP/1.1 302 Found\r\nLocation: ", b"HTTP/1.1 200 OK\r\nContent-Encoding: "]),
    garbage=st.binary(max_size=80),
    end=st.sampled_from([b"", b"\r\n\r\n", b"\r\n0\r\n\r\n"]),
)  # fmt: skip
def test_whatever_a_server_says_it_is_an_answer_or_a_named_error(start, garbage, end, chatter):
    chatter.says = start + garbage + end
    try:
        response = get(chatter.url, allowed=[chatter.pair], deadline_seconds=5)
    except FetchError as error:
        told = str(error)
    else:
        told = " ".join(value for _, value in response.headers)
    assert "\x00" not in told
    assert told.encode().decode() == told


@pytest.fixture
def chatter(serve):
    server = serve(lambda connection, _: connection.sendall(server.says))
    return server


def test_a_header_in_broken_bytes_is_text_that_can_be_kept(serve):
    outlet = serve(b'HTTP/1.1 200 OK\r\nETag: "\xe9t\xe9"\r\nX-Name: \xd0\x96\r\nContent-Length: 0\r\n\r\n')
    response = get(outlet.url, allowed=[outlet.pair])
    assert response.header("ETag") == '"été"'
    assert response.header("X-Name") == "Ж"


def test_a_name_nobody_knows_is_told_with_the_name():
    with pytest.raises(CannotResolve, match=r"nowhere\.example"):
        get("https://nowhere.example/")


def test_a_name_without_an_address_is_refused():
    with pytest.raises(AddressRefused, match="without any IP address"):
        get("https://empty.example/", names={"empty.example": [[]]})


def test_nobody_at_home_is_told(serve):
    outlet = serve(page(b""))
    outlet.close()
    with pytest.raises(CannotConnect, match="Nobody answers"):
        get(outlet.url, allowed=[outlet.pair])


def test_a_second_address_is_tried_when_the_first_is_deaf(serve, dialled):
    outlet = serve(page(b"news"))
    url, pair = f"http://two.example:{outlet.port}/", ("two.example", outlet.port)
    response = get(url, allowed=[pair], names={"two.example": [["2606:4700::1", "127.0.0.1"]]})
    assert response.body == b"news"
    assert dialled == ["2606:4700::1", "127.0.0.1"]


def test_a_server_without_encryption_behind_https_is_told(serve):
    outlet = serve(lambda connection, _: connection.sendall(b"HTTP/1.1 400 Bad\r\n\r\n"))
    with pytest.raises((CannotConnect, BrokenResponse)) as told:
        get(outlet.url.replace("http://", "https://"), allowed=[outlet.pair], deadline_seconds=5)
    assert str(outlet.port) in str(told.value)


@pytest.mark.parametrize("port", [22, 25, 81, 3306, 6379, 8001, 65535])
def test_other_ports_are_refused_unless_the_pair_is_allowed(port, dialled):
    url, names = f"http://paper.example:{port}/", {"paper.example": [[PUBLIC]]}
    with pytest.raises(AddressRefused, match=f"port {port}"):
        get(url, names=names)
    assert dialled == []
    with pytest.raises(CannotConnect):
        get(url, names=names, allowed=[("paper.example", port)])
    assert dialled == [PUBLIC]


@pytest.mark.parametrize("port", [80, 443, 8000, 8080, 8443])
def test_the_ports_of_the_web_are_open(port, dialled):
    with pytest.raises(CannotConnect):
        get(f"http://paper.example:{port}/", names={"paper.example": [[PUBLIC]]})
    assert dialled == [PUBLIC]


def test_the_door_works_beside_and_inside_a_running_loop(serve):
    outlet = serve(page(b"news"))
    door = Door(user_agent="x", allowed=frozenset([outlet.pair]), resolver=Names({}))

    async def inside():
        return fetch(Request(outlet.url), door=door, now=NOW)

    assert asyncio.run(inside()).body == b"news"
    assert fetch(Request(outlet.url), door=door, now=NOW).body == b"news"


def test_many_threads_fetch_at_once(serve):
    outlet = serve(page(b"news"))
    bodies = []
    threads = [
        threading.Thread(target=lambda: bodies.append(get(outlet.url, allowed=[outlet.pair]).body))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert bodies == [b"news"] * 8


def test_the_system_resolver_knows_this_machine(serve):
    outlet = serve(page(b"news"))
    door = Door(user_agent="x", allowed=frozenset([("localhost", outlet.port)]))
    assert fetch(Request(f"http://localhost:{outlet.port}/"), door=door, now=NOW).body == b"news"
