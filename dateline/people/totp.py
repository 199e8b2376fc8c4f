"""One-time passwords by the clock, as authenticator apps reckon them.

Sources: RFC 4226 (HOTP), RFC 6238 (TOTP); the address that apps read from a QR code is Google Authenticator's
key URI format. Six digits, thirty seconds, SHA-1: what every app understands.
"""

import base64
import hmac
from hashlib import sha1
from typing import Final
from urllib.parse import quote, urlencode

STEP_SECONDS: Final = 30
DIGITS: Final = 6
SECRET_BYTES: Final = 20


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """Return the code of one step of the clock (whole half minutes since 1970)."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(seconds: float) -> int:
    """Return the step of the clock at a time in seconds since 1970."""
    return int(seconds // STEP_SECONDS)


def matching_step(secret: bytes, code: str, *, seconds: float, after: int) -> int | None:
    """Return the step whose code this is: now, or one step to either side, and later than `after`; None if none.

    `after` is the last step that was used: no code opens twice.
    """
    now = step_of(seconds)
    found = None
    for step in (now - 1, now, now + 1):
        # Every step is compared, so that the time taken says nothing.
        if hmac.compare_digest(code_at(secret, step), code) and step > after:
            found = step
    return found


def spelled(secret: bytes) -> str:
    """Return the secret as a person types it into an app."""
    return base64.b32encode(secret).decode().rstrip("=")


def key_address(secret: bytes, *, account: str, issuer: str) -> str:
    """Return the address that an app reads from a QR code."""
    label = quote(f"{issuer.replace(':', ' ')}:{account}", safe="")
    told = urlencode({"secret": spelled(secret), "issuer": issuer.replace(":", " ")}, quote_via=quote)
    return f"otpauth://totp/{label}?{told}"
