"""The index in OpenSearch, for sites that have one: through the configured door, with our own words and stems.

Documented at docs.opensearch.org: `PUT /index`, `POST /index/_bulk?refresh=true`, `POST /index/_search`,
`POST /index/_delete_by_query`, `POST /index/_count`. Elasticsearch answers the same. Whatever else comes back is
named as trouble: nothing that such a server says is believed without a look at its shape.
"""

import json
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid4

from dateline.net.configured import ServiceCall, get_json, post_json, send
from dateline.net.doors import service_door
from dateline.net.errors import BadStatus, FetchError
from dateline.reader.search.engine import MAKE, Answer, Hit, Page, Question, SearchUnavailable
from dateline.reader.search.words import Sought, indexed, sought

_HEADLINE: Final = 4
_STANDFIRST: Final = 2
_FIELDS: Final = ("language", "kind", "section", "outlet")
_SECONDS: Final = 10.0
_NOT_FOUND: Final = 404
_BOOSTS: Final = {"~": 0.6, "^": 0.6}


class OpenSearch:
    """An index of a server that the operator named."""

    name = "opensearch"

    def __init__(self, address: str, *, user: str = "", password: str = "") -> None:
        self._address = address.rstrip("/")
        self._headers: Mapping[str, str] = {}
        if user:
            token = b64encode(f"{user}:{password}".encode()).decode()
            self._headers = {"Authorization": f"Basic {token}"}

    def identity(self) -> str:
        """Return the number that the index was given when it was laid; lay it where there is none."""
        told = self._identity()
        if not told.startswith(f"{MAKE}-"):
            self.clear()
            told = self._identity()
        return told

    def add(self, pages: Sequence[Page]) -> None:
        """Put pages in, in place of what is there of them."""
        lines: list[object] = []
        for page in pages:
            lines += [{"index": {"_id": str(page.uid)}}, _document(page)]
        self._bulk(lines)

    def remove(self, pieces: Collection[UUID]) -> None:
        """Take pages out."""
        self._bulk([{"delete": {"_id": str(piece)}} for piece in pieces])

    def ask(self, question: Question) -> Answer:
        """Answer with pages that have every word; where they are few, with those that have most of them."""
        asked = sought(question.query, question.languages)
        if not asked:
            return Answer()
        strict = self._found([_word(one, is_forgiving=False) for one in asked], question, len(asked))
        if strict.count >= question.most:
            return strict
        near = [_word(one, is_forgiving=True) for one in asked]
        forgiven = self._found(near, question, len(asked))
        if forgiven.count >= question.most or len(asked) == 1:
            return forgiven
        loose = self._found(near, question, (len(asked) + 1) // 2)
        if loose.count <= forgiven.count:
            return forgiven
        return Answer(loose.hits, loose.count, is_loose=True)

    def suggest(self, beginning: str, *, language: str, languages: tuple[str, ...], most: int) -> list[UUID]:
        """Return pieces by their headlines, the newest first."""
        asked = sought(beginning, languages)
        if not asked:
            return []
        must: list[object] = [
            _any_of([_term("title", word, 1.0) for word in one.written]) for one in asked[:-1]
        ]
        must.append(_any_of([{"prefix": {"title": {"value": word}}} for word in asked[-1].written]))
        must += [{"term": {"language": language}}] if language else []
        told = self._post(
            "/_search", {"query": {"bool": {"must": must}}, "sort": [{"at": "desc"}], "size": most}
        )
        return [UUID(one["_id"]) for one in _hits(self._address, told)]

    def count(self) -> int:
        """Return how many pages are in it."""
        return int(_told(self._address, self._post("/_count", {"query": {"match_all": {}}}), "count", int))

    def clear(self) -> None:
        """Begin a new index in the place of the old one."""
        self._call("DELETE", "", None, fine=(_NOT_FOUND,))
        fields: dict[str, object] = {name: {"type": "keyword"} for name in _FIELDS}
        fields |= {name: {"type": "text", "analyzer": "whitespace"} for name in ("words", "stems", "title")}
        fields |= {"day": {"type": "date"}, "at": {"type": "long"}}
        fields |= {
            name: {"type": "keyword", "index": False, "doc_values": False} for name in ("headline", "text")
        }
        meta = {"identity": f"{MAKE}-{uuid4().hex}"}
        self._call("PUT", "", {"mappings": {"_meta": meta, "dynamic": False, "properties": fields}})

    def _identity(self) -> str:
        try:
            told = get_json(self._named("GET", "/_mapping"), door=service_door())
        except BadStatus as error:
            if error.status == _NOT_FOUND:
                return ""
            raise _trouble(self._address, error) from error
        except FetchError as error:
            raise _trouble(self._address, error) from error
        first: Any = next(iter(told.values()), {}) if isinstance(told, dict) else {}
        meta = first.get("mappings", {}).get("_meta", {}) if isinstance(first, dict) else {}
        return str(meta.get("identity", "")) if isinstance(meta, dict) else ""

    def _found(self, words: Sequence[object], question: Question, at_least: int) -> Answer:
        inside = {"should": words, "minimum_should_match": at_least, "filter": _filters(question)}
        asked: dict[str, object] = {
            "query": {"bool": inside},
            "from": question.start,
            "size": question.most,
            "track_total_hits": True,
            "_source": ["language", "headline", "text"],
        }
        if question.newest_first:
            asked["sort"] = [{"at": "desc"}]
        told = self._post("/_search", asked)
        hits = tuple(_hit(self._address, one) for one in _hits(self._address, told))
        total = told["hits"].get("total")
        return Answer(hits, int(total.get("value", 0)) if isinstance(total, dict) else len(hits))

    def _bulk(self, lines: Sequence[object]) -> None:
        if not lines:
            return
        body = "\n".join([*(json.dumps(line, ensure_ascii=False) for line in lines), ""]).encode()
        told = self._call("POST", "/_bulk?refresh=true", body)
        faults = [
            one
            for item in _told(self._address, told, "items", list)
            for one in (item.values() if isinstance(item, dict) else ())
            if isinstance(one, dict) and one.get("error")
        ]
        if faults:
            raise SearchUnavailable(f"{self._name} refused {len(faults)} pages; its log says why.")

    def _post(self, path: str, asked: object) -> Any:
        try:
            return post_json(self._named("POST", path), asked, door=service_door())
        except FetchError as error:
            raise _trouble(self._address, error) from error

    def _call(self, method: str, path: str, body: object, *, fine: Collection[int] = ()) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else None
        kind = "application/x-ndjson" if isinstance(body, bytes) else "application/json"
        call = ServiceCall(
            f"{self._address}{path}",
            method=method,
            headers={**self._headers, **({"Content-Type": kind} if raw else {})},
            body=raw,
            deadline_seconds=_SECONDS * 6,
        )
        try:
            answer = send(call, door=service_door())
        except FetchError as error:
            raise _trouble(self._address, error) from error
        if not answer.is_success and answer.status not in fine:
            raise SearchUnavailable(f"{self._name} answers {method} with {answer.status}.")
        try:
            return json.loads(answer.body or b"{}")
        except ValueError as error:
            raise SearchUnavailable(f"{self._name} answers with something else than JSON.") from error

    def _named(self, method: str, path: str) -> ServiceCall:
        return ServiceCall(
            f"{self._address}{path}", method=method, headers=self._headers, deadline_seconds=_SECONDS
        )

    @property
    def _name(self) -> str:
        return _shown(self._address)


def _document(page: Page) -> dict[str, object]:
    title, title_stems = indexed(page.headline, page.language)
    stand, stand_stems = indexed(page.standfirst, page.language)
    words, stems = indexed(page.text, page.language)
    return {
        **{name: getattr(page, name) for name in _FIELDS},
        "day": page.day.isoformat(),
        "at": page.at,
        "title": " ".join(title),
        "words": " ".join(title * _HEADLINE + stand * _STANDFIRST + words),
        "stems": " ".join(title_stems * _HEADLINE + stand_stems * _STANDFIRST + stems),
        "headline": page.headline,
        "text": " ".join(part for part in (page.standfirst, page.text) if part),
    }


def _word(one: Sought, *, is_forgiving: bool) -> object:
    if one.together:
        return {"bool": {"must": [_term("words", pair, 1.0) for pair in one.written]}}
    any_of = [_term("words", word, 1.4) for word in one.written]
    any_of += [_term("stems", stem, _BOOSTS.get(stem[0], 1.0)) for stem in one.stems]
    if is_forgiving:
        any_of += [
            {"fuzzy": {"words": {"value": word, "fuzziness": 1, "boost": 0.8}}} for word in one.forgiving
        ]
    return _any_of(any_of)


def _term(field: str, value: str, boost: float) -> object:
    return {"term": {field: {"value": value, "boost": boost}}}


def _any_of(queries: Sequence[object]) -> object:
    return {"bool": {"should": list(queries), "minimum_should_match": 1}}


def _filters(question: Question) -> list[object]:
    found: list[object] = [
        {"term": {name: getattr(question, name)}} for name in _FIELDS if getattr(question, name)
    ]
    days = {"gte": question.since, "lte": question.until}
    told = {key: day.isoformat() for key, day in days.items() if day}
    return [*found, {"range": {"day": told}}] if told else found


def _hits(address: str, told: Any) -> list[dict[str, Any]]:
    inside = _told(address, told, "hits", dict)
    return [
        one
        for one in _told(address, inside, "hits", list)
        if isinstance(one, dict) and _is_uid(one.get("_id"))
    ]


def _hit(address: str, one: dict[str, Any]) -> Hit:
    source = _told(address, one, "_source", dict)
    language, headline, text = (str(source.get(name, "")) for name in ("language", "headline", "text"))
    return Hit(UUID(one["_id"]), language, headline, text)


def _told(address: str, told: Any, name: str, kind: type) -> Any:
    value = told.get(name) if isinstance(told, dict) else None
    if not isinstance(value, kind):
        raise SearchUnavailable(f"{_shown(address)} answers without {name!r}: is it an OpenSearch index?")
    return value


def _is_uid(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _trouble(address: str, error: Exception) -> SearchUnavailable:
    return SearchUnavailable(f"{_shown(address)} does not answer as it should: {error}")


def _shown(address: str) -> str:
    return address.rpartition("@")[2]
