"""The one script that stands in the page: it sets what the reader chose before the first paint. Pure.

A file of its own would hold the first paint back by a journey to the server; so the policies name its hash.
"""

from base64 import b64encode
from hashlib import sha256
from typing import Final

# The names are those of the choices in the templates; js/remember.js keeps them.
FIRST_SCRIPT: Final = (
    'for(const n of["theme","text-size","notice","letters"])try{const v=localStorage.getItem(n);'
    'v&&document.documentElement.setAttribute("data-"+n,v)}catch{}'
)
FIRST_SCRIPT_HASH: Final = f"sha256-{b64encode(sha256(FIRST_SCRIPT.encode()).digest()).decode()}"
