"""A site on loopback whose pages a test puts, changes and takes away."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class PageServer:
    """Serves what was put; `asked` are the paths that somebody asked for, in order."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def put(self, path, body, *, status=200, content_type="text/html; charset=utf-8"):
        """Answer at `path` with this from now on; return its whole address."""
        self.pages[path] = (status, content_type, body.encode() if isinstance(body, str) else body)
        return self.address + path

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                status, content_type, body = site.pages.get(self.path, (404, "text/plain", b"nothing here"))
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                pass

        return Handler


@contextmanager
def serving(settings):
    """Yield a site that the guarded door may reach, and nothing else."""
    server = PageServer()
    settings.DATELINE_NET_ALLOW = f"127.0.0.1:{server.port}"
    yield server
    server.close()
