"""Set up what is missing, then serve the site and the desk until Ctrl-C: web server and workers in one process tree."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from dateline.cli.processes import Child, NotReady, Supervisor
from dateline.lib.home import Home
from dateline.lib.project import PROJECT, what_is_laid

HELP = "set up what is missing and serve the site and the desk"


def add_arguments(parser: ArgumentParser) -> None:
    """Say what can be chosen; each has an environment variable of the same meaning."""
    parser.add_argument(
        "--host", default=os.environ.get("HOST") or "127.0.0.1", help="address to listen on (HOST)"
    )
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="port (PORT)")
    parser.add_argument("--empty", action="store_true", help="start without the sample newsroom")
    parser.add_argument(
        "--web-processes", type=int, default=_number("WEB_PROCESSES", 1), help="processes of the web server"
    )
    parser.add_argument(
        "--worker-processes",
        type=int,
        default=_number("WORKER_PROCESSES", 1),
        help="processes of background work",
    )
    parser.add_argument(
        "--worker-threads",
        type=int,
        default=_number("WORKER_THREADS", 2),
        help="background jobs at a time in each",
    )


def _number(name: str, usual: int) -> int:
    """Return a number of processes or threads from the environment; at least one."""
    told = os.environ.get(f"DATELINE_{name}", "").strip()
    return max(1, int(told)) if told.isdigit() else usual


def run(options: Namespace) -> int:
    """Serve until told to end."""
    from dateline.net.listening import PortForbidden, PortTaken, make_sure_it_is_free

    home = Home.from_environment(os.environ, default=PROJECT / "var")
    try:
        make_sure_it_is_free(options.host, options.port)
        home.lay()
        os.environ["PORT"] = str(options.port)
        first = _set_up(home, options) if _is_new(home) else {}
        supervisor = Supervisor(children=_children(options), ready_file=home.log / f"ready-{os.getpid()}")
        return supervisor.run(when_ready=_greeting(options, first), say=_say)
    except (PortTaken, PortForbidden, NotReady, OSError) as error:
        _say(str(error))
        return 1


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _is_new(home: Home) -> bool:
    """Has this version not yet been set up here? Asked without Django, so that a second start is quick."""
    try:
        laid = json.loads((home.db / "laid.json").read_text())
    except (OSError, ValueError):
        return True
    return bool(laid != what_is_laid(os.environ))


def _set_up(home: Home, options: Namespace) -> dict[str, str]:
    command = [sys.executable, "-m", "dateline", "setup", "--json"]
    if options.empty or os.environ.get("EMPTY"):
        command.append("--empty")
    _say(f"Setting up Dateline in {home.path} …")
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if answer.returncode != 0:
        raise NotReady(
            "The set-up did not finish; what is wrong stands above. Mend it and start again: nothing is lost."
        )
    made: dict[str, str] = json.loads(answer.stdout or b"{}")
    return made


def _children(options: Namespace) -> list[Child]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
    # Each thread of glibc's would keep a heap of its own, and give little of it back: some 50 MB in all.
    for name, value in (("ARENA_MAX", "2"), ("TRIM_THRESHOLD_", "131072"), ("MMAP_THRESHOLD_", "131072")):
        os.environ.setdefault(f"MALLOC_{name}", value)
    server = [
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", options.host, "--port", str(options.port),
        "--workers", str(options.web_processes), "--respawn-failed-workers", "--workers-kill-timeout", "8",
        "--no-ws", "--log-level", "warning", "dateline.config.rsgi:application",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "django", "run_worker", "--threads", str(options.worker_threads)]
    # Each learns how many there are, so that the long tail is shared among them.
    os.environ["DATELINE_WORKER_PROCESSES"] = str(options.worker_processes)
    return [
        Child("web server", server),
        *(Child(name, worker) for name in _workers(options.worker_processes)),
    ]


def _workers(count: int) -> list[str]:
    return ["worker"] if count == 1 else [f"worker {number}" for number in range(1, count + 1)]


def _greeting(options: Namespace, first: dict[str, str]) -> Callable[[], None]:
    host = "127.0.0.1" if options.host in {"0.0.0.0", "::"} else options.host  # noqa: S104  # a way to name it, not to bind
    address = f"http://{host}:{options.port}"

    def greet() -> None:
        if first.get("password"):
            print(f"desk {address}/desk/ user {first['user']} password {first['password']}")
        print(f"The site is at {address}/ and the desk at {address}/desk/. Ctrl-C stops both.", flush=True)

    return greet
