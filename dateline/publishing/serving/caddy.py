"""Caddy: the site's block for a Caddyfile. Written for 2.6 (Debian 12) and later.

Source: Caddy's documentation of matchers, file_server (precompressed), handle_errors, header and reverse_proxy.

Caddy looks for the marker beside a page as nginx does; redirects and the hashes of styles are read when it reloads.
"""

import json
import re
from typing import Final
from urllib.parse import quote, unquote

from dateline.publishing.media_types import BY_NAME
from dateline.publishing.serving.served import (
    ANYWHERE,
    BEGUN,
    CACHES,
    OPEN_DATA,
    PURGED,
    PYTHON,
    STATUSES,
    UPLOADS,
    Served,
)

_SITE: Final = """\
# {comment}: baked pages by Caddy, the desk by Dateline. Written by `dateline webserver caddy`.
{address} {{
	root * {root}

	@python path {python}
	handle @python {{
		reverse_proxy {upstream}
	}}
	redir /desk /desk/ 301

	@backstage path /_/* *.gz *.br *.zst *.status
	handle @backstage {{
		error 404
	}}

	header {{
{headers}	}}
{caches}	@pages path */ *.html
	header @pages content-security-policy "{policy}"

	@data path *.json *.xml *.md *.activity
	header @data {open_data[0]} {open_data[1]}

	handle_path /media/images/* {{
		root * {images}
		header content-security-policy "{uploads}"
		header {anywhere[0]} {anywhere[1]}
		file_server
	}}
	handle_path /media/identity/* {{
		root * {identity}
		header content-security-policy "{uploads}"
		header {anywhere[0]} {anywhere[1]}
		file_server
	}}

{types}
{redirects}	handle {{
{statuses}		@marked {{
			file {{
				try_files {{path}}.status {{path}}/index.html.status
			}}
		}}
		error @marked 410
		file_server {{
			precompressed br zstd gzip
		}}
	}}

	handle_errors {{
{errors}{missing}	}}
}}
"""


def caddy_site(site: Served) -> str:
    """Return the block of one site, to be put into a Caddyfile. Caddy fetches its certificate itself on port 443."""
    address = site.name if site.listen == 443 else f"http://{site.name}:{site.listen}"  # noqa: PLR2004 — TLS's port
    told = {f"/{name}": status for name, status in site.statuses.items()}
    return _SITE.format(
        comment=" ".join(site.name.split()),
        address=re.sub(r"[^\w.:/\[\]-]", "", address),
        root=_quoted(str(site.root)),
        images=_quoted(str(site.images)),
        identity=_quoted(str(site.identity)),
        upstream=site.upstream,
        python=" ".join(f"{prefix}*" for prefix in PYTHON),
        headers="".join(f"\t\t{name} {_quoted(value)}\n" for name, value in site.headers),
        caches=_caches(site),
        policy=site.policy,
        uploads=UPLOADS,
        anywhere=ANYWHERE,
        open_data=OPEN_DATA,
        types="".join(
            f'\t@typed{number} path *{ending}\n\theader @typed{number} content-type "{mime}; charset=utf-8"\n'
            for number, (ending, mime) in enumerate(BY_NAME.items())
        ),
        redirects="".join(
            f"\tredir {_quoted(unquote(old))} {_quoted(quote(new, safe='/:?#&=%'))} 301\n"
            for old, new in sorted(site.redirects.items())
        ),
        statuses="".join(_told(told, status) for status in STATUSES if status != 410),  # noqa: PLR2004
        errors="".join(_standing(status) for status in STATUSES if status != 404),  # noqa: PLR2004
        missing="".join(
            _given_out(f"@in{number}", f"/{code}/404.html /404.html", f"path /{code}/*")
            for number, code in enumerate(site.languages)
        )
        + _given_out("", "/404.html"),
    )


def _caches(site: Served) -> str:
    """Which addresses say how long they may be kept: the first rule that fits, told one by one."""
    names = [f"kept{number}" for number in range(len(CACHES))]
    lines = []
    for number, (name, (pattern, value)) in enumerate(zip(names, CACHES, strict=True)):
        before = "".join(f"\t\tnot path_regexp {one}\n" for one, _value in CACHES[:number])
        lines.append(
            f"\t@{name} {{\n{before}\t\tpath_regexp {pattern}\n\t}}\n\theader @{name} cache-control {_quoted(value)}\n"
        )
    none = "".join(f"\t\tnot path_regexp {pattern}\n" for pattern, _value in CACHES)
    lines.append(f"\t@begun {{\n{none}\t}}\n\theader @begun cache-control {_quoted(BEGUN)}\n")
    if site.has_cache:
        lines.append(f"\theader @begun {PURGED[0]} {_quoted(PURGED[1])}\n")
    return "".join(lines)


def _told(statuses: dict[str, int], status: int) -> str:
    paths = [name for name, one in sorted(statuses.items()) if one == status]
    if not paths:
        return ""
    both = [one for name in paths for one in (name, name.removesuffix("index.html"))]
    words = " ".join(_quoted(one) for one in dict.fromkeys(both))
    return f"\t\t@said{status} path {words}\n\t\terror @said{status} {status}\n"


def _standing(status: int) -> str:
    return _given_out(
        f"@is{status}", "{path} {path}/index.html", f"expression {{http.error.status_code}} == {status}"
    )


def _given_out(name: str, files: str, matches: str = "") -> str:
    matcher = f"\t\t{name} {matches}\n" if matches else ""
    return (
        f"{matcher}\t\thandle {name} {{\n\t\t\ttry_files {files}\n"
        "\t\t\tfile_server {\n\t\t\t\tprecompressed br zstd gzip\n\t\t\t}\n\t\t}\n"
    )


def _quoted(text: str) -> str:
    return json.dumps(re.sub(r"[\x00-\x1f\x7f{}]", "", text), ensure_ascii=False)
