"""Machines that are services, on loopback: they answer as documented, or misbehave as a test says."""

import json
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sehr-geheim-4711"


class MachineServer:
    """Speaks the three dialects. `asked`: the payloads in order; `texts`: how often each text was asked for.

    `next`: what to do at the following questions instead of translating, one each: a status, (status, headers),
    bytes as the whole body, or a function of the payload that returns what to answer as JSON.
    """

    def __init__(self):
        self.asked, self.next, self.texts, self.headers, self.paths = [], [], Counter(), [], []
        self.translate = lambda text: f"PT {text}"
        self.hold = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def close(self):
        if self.hold:
            self.hold.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path, payload):
        """Return what a service that is well says."""
        if path.endswith("/translate") and "q" in payload:
            return {"translatedText": [self.translate(text) for text in payload["q"]]}
        if path.endswith("/v2/translate"):
            return {
                "translations": [
                    {"detected_source_language": payload["source_lang"], "text": self.translate(text)}
                    for text in payload["text"]
                ]
            }
        told = json.loads(payload["messages"][1]["content"])
        rows = [{"id": one["id"], "text": self.translate(one["text"])} for one in told["sentences"]]
        return said({"translations": rows})

    def _texts(self, payload):
        if "messages" in payload:
            return [one["text"] for one in json.loads(payload["messages"][1]["content"])["sentences"]]
        return payload.get("q") or payload.get("text") or []

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append(payload)
                server.paths.append(self.path)
                server.headers.append(dict(self.headers))
                server.texts.update(server._texts(payload))
                if server.hold:
                    server.hold.wait(20)
                self.say(server.next.pop(0) if server.next else None, payload)

            def say(self, wish, payload):
                status, headers, body = 200, {}, None
                if isinstance(wish, int):
                    status, body = wish, b"{}"
                elif isinstance(wish, tuple):
                    status, headers = wish[0], dict(wish[1])
                    body = wish[2] if len(wish) > 2 else b"{}"
                elif isinstance(wish, bytes):
                    body = wish
                else:
                    body = json.dumps(wish(payload) if wish else server.answer(self.path, payload)).encode()
                length = headers.pop("Content-Length", str(len(body)))
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", length)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                pass

        return Handler


def said(content):
    """Return what a chat says whose message is this."""
    text = content if isinstance(content, str) else json.dumps(content)
    return {
        "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
        "usage": {"total_tokens": 1},
    }


@contextmanager
def serving():
    """Yield a server that is closed at the end."""
    server = MachineServer()
    try:
        yield server
    finally:
        server.close()
