"""A server that answers as OpenSearch is documented to, for what we ask of it; and one that does not."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from dateline.reader.search.spelling import is_near


class Index:
    """One index: its mapping and its documents. trouble: how it misbehaves."""

    def __init__(self):
        self.mapping, self.pages, self.trouble = None, {}, ""

    def answer(self, method, path, body):
        if self.trouble == "error":
            return 500, {"error": "out of disk"}
        if self.trouble == "shape":
            return 200, {"hits": [], "items": {}, "count": "many"}
        if self.trouble == "refused" and "_bulk" in path:
            return 200, {"errors": True, "items": [{"index": {"error": {"type": "mapper"}, "status": 400}}]}
        return self._answer(method, path, body)

    def _answer(self, method, path, body):
        if method == "DELETE":
            was, self.mapping, self.pages = self.mapping, None, {}
            return (200 if was else 404), {}
        if method == "PUT":
            self.mapping = json.loads(body)["mappings"]
            return 200, {"acknowledged": True}
        if path.endswith("/_mapping"):
            return (200, {"dateline": {"mappings": self.mapping}}) if self.mapping else (404, {})
        if "_bulk" in path:
            return 200, self._bulk(body)
        is_count = path.endswith("/_count")
        return 200, {"count": len(self.pages)} if is_count else self._search(json.loads(body))

    def _bulk(self, body):
        lines, items = [json.loads(line) for line in body.decode().splitlines()], []
        while lines:
            ((verb, told),) = lines.pop(0).items()
            if verb == "index":
                self.pages[told["_id"]] = lines.pop(0)
            else:
                self.pages.pop(told["_id"], None)
            items.append({verb: {"_id": told["_id"], "status": 200}})
        return {"errors": False, "items": items}

    def _search(self, asked):
        met = [(weigh(asked["query"], page), key) for key, page in self.pages.items()]
        met = sorted(((score, key) for score, key in met if score > 0), reverse=True)
        if asked.get("sort"):
            met.sort(key=lambda one: -self.pages[one[1]]["at"])
        start = asked.get("from", 0)
        hits = [
            {"_id": key, "_source": self.pages[key]} for _score, key in met[start : start + asked["size"]]
        ]
        hits += [{"_id": "not-a-number"}] if self.trouble == "strangers" else []
        return {"hits": {"total": {"value": len(met)}, "hits": hits}}


def weigh(query, page):
    """Return what a page scores, 0 where it does not meet the query."""
    ((kind, told),) = query.items()
    if kind == "match_all":
        return 1
    if kind == "bool":
        if any(not weigh(one, page) for one in (*told.get("must", ()), *told.get("filter", ()))):
            return 0
        scores = [weigh(one, page) for one in told.get("should", ())]
        if sum(score > 0 for score in scores) < told.get("minimum_should_match", 0):
            return 0
        return sum(scores) + 1
    ((field, value),) = told.items()
    if kind == "range":
        return float(value.get("gte", "") <= page[field] <= value.get("lte", "9"))
    wanted = value["value"] if isinstance(value, dict) else value
    words = page[field].split() if field in {"words", "stems", "title"} else [page[field]]
    meets = {
        "term": lambda word: word == wanted,
        "prefix": lambda word: word.startswith(wanted),
        "fuzzy": lambda word: is_near(wanted, word),
    }[kind]
    return sum(meets(word) for word in words)


@contextmanager
def opensearch():
    """Yield an index and its address."""
    index = Index()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, told = index.answer(self.command, self.path, body)
            content = b"<html>" if index.trouble == "garbage" else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield index, f"http://127.0.0.1:{server.server_port}/dateline"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
