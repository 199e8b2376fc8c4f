"""The configuration with which nginx or Caddy gives out the baked site without Python."""

import sys
from argparse import ArgumentParser, Namespace

from dateline.cli.edge import with_django

HELP = "write the configuration of nginx or Caddy"


def add_arguments(parser: ArgumentParser) -> None:
    """`webserver nginx|caddy [--name HOST] [--listen PORT] [--upstream HOST:PORT] [--brotli] [--zstd]`."""
    parser.add_argument("server", choices=("nginx", "caddy"))
    parser.add_argument(
        "--name", default="", help="the host that readers use (default: that of DATELINE_URL)"
    )
    parser.add_argument("--listen", type=int, default=80, help="its port (default: 80)")
    parser.add_argument("--upstream", default="127.0.0.1:8000", help="where `dateline run` listens")
    parser.add_argument("--brotli", action="store_true", help="this nginx has ngx_brotli")
    parser.add_argument("--zstd", action="store_true", help="this nginx has zstd-nginx-module")


@with_django
def run(options: Namespace) -> int:
    """Write it to standard output: `dateline webserver nginx > /etc/nginx/conf.d/digest.conf`."""
    from dateline.publishing.queries.served import served
    from dateline.publishing.serving.caddy import caddy_site
    from dateline.publishing.serving.nginx import nginx_site

    site = served(listen=options.listen, upstream=options.upstream, name=options.name)
    text = (
        nginx_site(site, has_brotli=options.brotli, has_zstd=options.zstd)
        if options.server == "nginx"
        else caddy_site(site)
    )
    sys.stdout.write(text)
    return 0
