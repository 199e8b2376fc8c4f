"""How a baked page is served: our shelf, Granian's static mount and nginx, in one run.

Prints requests a second and CPU microseconds a request, and both as ratios to nginx in the same round.
Needs nginx and wrk (Debian: apt install nginx-light wrk); a peer that is missing is named and left out.
"""

import gzip
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import brotli

ROUNDS, SECONDS, CONNECTIONS = 3, 3, 32
PORTS = {"nginx": 18401, "shelf": 18402, "static mount": 18403}
PAGE = "/en/2026/11/23/the-night-ferry/"


def lay(site: Path) -> None:
    """Write one page of 60 KB as the baker does: plain and compressed forms with one time."""
    words = [f"word{number % 977} of the long story about a ferry" for number in range(1500)]
    page = f"<!doctype html><html lang=en><head><title>Ferry</title></head><body><p>{' '.join(words)}</body>".encode()
    folder = site / PAGE.strip("/")
    folder.mkdir(parents=True)
    forms = {
        "index.html": page,
        "index.html.gz": gzip.compress(page, 6, mtime=0),
        "index.html.br": brotli.compress(page, quality=5),
    }
    for name, content in forms.items():
        (folder / name).write_bytes(content)
        os.utime(folder / name, ns=(10**18, 10**18))


def nginx(folder: Path, site: Path) -> subprocess.Popen | None:
    if not shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin"):
        return None
    config = folder / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{}} "
        f"http {{ include /etc/nginx/mime.types; access_log off; gzip_static on; sendfile on; "
        f"server {{ listen 127.0.0.1:{PORTS['nginx']}; root {site}; }} }}"
    )
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    return subprocess.Popen([program, "-c", config], stderr=subprocess.DEVNULL)


def granian(name: str, *extra: str, environment: dict[str, str]) -> subprocess.Popen:
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--port", str(PORTS[name]), "--no-ws"]
    return subprocess.Popen([*command, "--log-level", "error", *extra], env={**os.environ, **environment})


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    kids = [int(kid) for kid in children.read_text().split()] if children.exists() else []
    return [pid, *(member for kid in kids for member in family(kid))]


def cpu_seconds(pid: int) -> float:
    ticks = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(port: int) -> float:
    """Return the requests answered in a round. An answer that is not a 200 ends the benchmark."""
    said = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{port}{PAGE}"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in said:
        sys.exit(f"port {port} answered with errors:\n{said}")
    return float(next(line.split()[0] for line in said.splitlines() if "requests in" in line))


def wait(port: int) -> None:
    for _ in range(300):
        if (
            subprocess.run(
                ["curl", "-sf", "-o", "/dev/null", f"http://127.0.0.1:{port}{PAGE}"], check=False
            ).returncode
            == 0
        ):
            return
        time.sleep(0.1)
    sys.exit(f"nothing answers on port {port}")


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is missing (Debian: apt install wrk)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        home = folder / "home"
        lay(home / "site")
        ready = folder / "ready"
        servers = {
            "nginx": nginx(folder, home / "site"),
            "shelf": granian(
                "shelf", "--workers", "2", "dateline.config.rsgi:application",
                environment={"DATELINE_HOME": str(home), "DATELINE_READY_FILE": str(ready)},
            ),
            "static mount": granian(
                "static mount", "--workers", "2", "--static-path-route", "/en",
                "--static-path-mount", str(home / "site" / "en"), "--static-path-dir-to-file", "index.html",
                "dateline.config.rsgi:application", environment={"DATELINE_HOME": str(folder / "other")},
            ),
        }  # fmt: skip
        try:
            measure({name: server for name, server in servers.items() if server})
        finally:
            for server in servers.values():
                if server:
                    server.send_signal(signal.SIGTERM)
                    try:
                        server.wait(10)
                    except subprocess.TimeoutExpired:
                        server.kill()


def settle(servers: dict[str, subprocess.Popen]) -> None:
    """Wait until Django has been loaded aside in our servers; it is not what is measured."""
    last = -1.0
    while (spent := sum(cpu_seconds(server.pid) for server in servers.values())) - last > 0.05:
        last = spent
        time.sleep(2)


def measure(servers: dict[str, subprocess.Popen]) -> None:
    for name in servers:
        wait(PORTS[name])
    settle(servers)
    rates = {name: [] for name in servers}
    costs = {name: [] for name in servers}
    for _ in range(ROUNDS):
        for name, server in servers.items():
            before = cpu_seconds(server.pid)
            done = load(PORTS[name])
            rates[name].append(done / SECONDS)
            costs[name].append((cpu_seconds(server.pid) - before) / done * 1e6)
    print(f"one page, 60 KB plain, gzip asked for, {ROUNDS} rounds of {SECONDS} s, {CONNECTIONS} connections")
    print(f"{'':14}{'req/s':>10}{'CPU us/req':>12}{'req/s : nginx':>15}{'CPU : nginx':>13}")
    base = "nginx" if "nginx" in servers else "static mount"
    for name in servers:
        rate, cost = statistics.median(rates[name]), statistics.median(costs[name])
        speed = statistics.median(a / b for a, b in zip(rates[name], rates[base], strict=True))
        price = statistics.median(a / b for a, b in zip(costs[name], costs[base], strict=True))
        print(f"{name:14}{rate:10.0f}{cost:12.1f}{speed:15.2f}{price:13.2f}")


if __name__ == "__main__":
    main()
