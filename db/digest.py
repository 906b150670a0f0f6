"""SHA-256 of a few octets, without OpenSSL: its library is a twentieth of what a start may weigh.

Of many octets `hashlib` is the faster, and it is loaded where those are read.
"""

from __future__ import annotations

from importlib import import_module

try:
    _sha256 = import_module("_sha256").sha256
except ImportError:  # another Python keeps it elsewhere
    _sha256 = import_module("hashlib").sha256


def digest(octets: bytes) -> bytes:
    return bytes(_sha256(octets).digest())
