"""What makes a finding the same one tomorrow: its code and values, in the same words."""

import hashlib

from dateline.translation.checks.base import Finding


def key_of(finding: Finding) -> str:
    """Return the key of a finding, whatever its place."""
    return _digest("\0".join((finding.check, finding.code, *finding.values)))


def digest_of(text: str) -> str:
    """Return the digest of the words that findings are about."""
    return _digest(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
