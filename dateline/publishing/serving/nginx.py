"""nginx: the site's configuration, whole, for `conf.d`. Written for 1.22 (Debian 12) and later.

Source: the reference of ngx_http_core, rewrite, map, headers, gzip_static and proxy modules.

A page that was taken back has a marker beside it, which nginx looks for at each request: from the moment it stands
there the answer is 410 at the latest, and 451 or 404 where the map below says so. So a withdrawal needs no reload;
redirects, the map and the hashes of styles are read when nginx reloads.
"""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote

from dateline.publishing.serving.served import (
    BEGUN,
    CACHES,
    DATA,
    OPEN_DATA,
    PURGED,
    PYTHON,
    STATUSES,
    TYPED,
    UPLOADS,
    Served,
    for_anybody,
)

# Bytes: a header of nginx's own that is longer is refused by it when it starts.
_LONGEST_IN_A_MAP: Final = 3_900
_PAGE: Final = """\
# {name}: baked pages by nginx, the desk by Dateline. Written by `dateline webserver nginx`; write it again and reload
# (`nginx -s reload`) after redirects were added or the site's styles changed. {count} redirects, {marked} marked files.

map_hash_bucket_size 4096;

map $uri $dateline_status {{
    default 410;
{statuses}}}

map $uri $dateline_place {{
    default "";
{redirects}}}

map $uri $dateline_language {{
    default "";
{languages}}}

map $uri $dateline_cache {{
    default "{begun}";
{caches}}}

# What is asked for again each time may be kept by a cache that is told of every change.
map $dateline_cache $dateline_purged {{
    default "";
    "{begun}" "{purged_value}";
}}

# Whatever is no page (a feed, a picture) has no policy; an empty header is not sent.
map $sent_http_content_type $dateline_policy {{
    default "";
    "~^text/html" "{policy}";
}}

# Feeds and the site as data may be read by anybody's page.
map $sent_http_content_type $dateline_open {{
    default "";
    "~^{data}" "{open_data[1]}";
}}

server {{
    listen {listen};
    server_name {server_name};
    root {root};
    absolute_redirect off;
    charset utf-8;
    charset_types text/html text/plain text/css text/markdown text/javascript application/json
                  application/rss+xml application/atom+xml application/feed+json application/activity+json
                  application/rsl+xml application/xml;
    gzip_static on;
    {brotli}brotli_static on;
    {zstd}zstd_static on;
    gzip_vary on;
    etag on;
    index index.html;

    types {{
        text/html html;
        text/css css;
        text/plain txt;
        text/markdown md;
        application/xml xml;
        text/javascript js;
        application/json json;
        application/activity+json activity;
        application/manifest+json webmanifest;
        application/pdf pdf;
        image/svg+xml svg;
        image/png png;
        image/jpeg jpg jpeg;
        image/gif gif;
        image/webp webp;
        image/avif avif;
        image/x-icon ico;
        font/woff2 woff2;
    }}
    default_type application/octet-stream;

    add_header cache-control $dateline_cache always;
    add_header content-security-policy $dateline_policy always;
    add_header {open_data[0]} $dateline_open;
{headers}{purged}
    # What Python answers.
    location ~ ^({python}) {{
        proxy_pass http://{upstream};
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        client_max_body_size 64m;
    }}
    location = /desk {{ return 301 /desk/; }}

    # Locks, lists and what is laid aside; compressed forms and markers by their own names.
    location ^~ /_/ {{ return 404; }}
    location ~ \\.(gz|br|zst|status)$ {{ return 404; }}

    location ^~ /media/images/ {{
        alias {images};
        {uploads}
    }}
    location ^~ /media/identity/ {{
        alias {identity};
        {uploads}
    }}

{types}    location / {{
        if ($dateline_place != "") {{ return 301 $dateline_place$is_args$args; }}
        set $dateline_said "";
        if (-f $request_filename.status) {{ set $dateline_said $dateline_status; }}
{returns}    }}

    error_page 404 @missing;
    error_page 403 =404 @missing;
{error_pages}
    location @missing {{ try_files /$dateline_language/404.html /404.html =404; }}
    location @standing {{ try_files $uri =404; }}
}}
"""


_TYPED: Final = """\
    location ~ {ending}$ {{
        types {{ }}
        default_type {mime};
        if ($dateline_place != "") {{ return 301 $dateline_place$is_args$args; }}
        if (-f $request_filename.status) {{ return 410; }}
    }}

"""


def nginx_site(site: Served, *, has_brotli: bool = False, has_zstd: bool = False) -> str:
    """Return the configuration of one site, to be put beside others in `conf.d`.

    has_brotli, has_zstd: nginx was built or loaded with ngx_brotli, zstd-nginx-module; without it the line is there as
    a comment.
    """
    returns = "".join(
        f"        if ($dateline_said = {status}) {{ return {status}; }}\n" for status in STATUSES
    )
    uploads = "\n        ".join(
        (
            f'add_header content-security-policy "{UPLOADS}" always;',
            "add_header cache-control $dateline_cache always;",
            *(_header(name, value) for name, value in for_anybody(site.headers)),
        )
    )
    return _PAGE.format(
        name=_comment(site.name),
        count=len(site.redirects),
        marked=len(site.statuses),
        server_name=_word(site.name),
        listen=site.listen,
        root=_quoted(str(site.root)),
        images=_quoted(f"{site.images}/"),
        identity=_quoted(f"{site.identity}/"),
        upstream=_word(site.upstream),
        begun=BEGUN,
        caches="".join(f'    "~{_escaped(pattern)}" "{value}";\n' for pattern, value in CACHES),
        policy=site.policy,
        data=_escaped(DATA),
        open_data=OPEN_DATA,
        brotli="" if has_brotli else "# ",
        zstd="" if has_zstd else "# ",
        python="|".join(re.escape(prefix) for prefix in PYTHON),
        headers="".join(f"    {_header(name, value)}\n" for name, value in site.headers),
        purged=f"    add_header {PURGED[0]} $dateline_purged always;\n" if site.has_cache else "",
        purged_value=PURGED[1],
        uploads=uploads,
        returns=returns,
        types="".join(_TYPED.format(ending=re.escape(name), mime=mime) for name, mime in TYPED.items()),
        error_pages="".join(
            f"    error_page {status} @standing;\n"
            for status in STATUSES
            if status != 404  # noqa: PLR2004
        ),
        statuses=_rows({f"/{name}": str(status) for name, status in site.statuses.items() if status != 410}),  # noqa: PLR2004
        redirects=_rows({unquote(old): quote(new, safe="/:?#&=%") for old, new in site.redirects.items()}),
        languages="".join(f'    "~^/{re.escape(code)}/" {_word(code)};\n' for code in site.languages),
    )


def _rows(pairs: Mapping[str, str]) -> str:
    fitting = {key: value for key, value in pairs.items() if len((key + value).encode()) < _LONGEST_IN_A_MAP}
    return "".join(f"    {_quoted(key)} {_quoted(value)};\n" for key, value in sorted(fitting.items()))


def _quoted(text: str) -> str:
    r"""Return a text as one word of nginx's language.

    Addresses of ours hold no quotation mark, `$` or control; what holds one is written by its escape, which matches
    nothing, so that no address can end the word that it stands in.
    """
    return '"' + re.sub(r"[\x00-\x1f\x7f$;{}\"\\]", lambda found: f"%{ord(found.group()):02X}", text) + '"'


def _escaped(pattern: str) -> str:
    return pattern.replace("\\", "\\\\")


def _word(text: str) -> str:
    return re.sub(r"[^\w.:\[\]-]", "", text)


def _comment(text: str) -> str:
    return " ".join(text.split())


def _header(name: str, value: str) -> str:
    return f'add_header {name} "{value}" always;'
