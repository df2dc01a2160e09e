"""
The chain of what was signed: each link holds the one before it, so that nothing can be changed or left out unseen.

A link is an HMAC-SHA256 (RFC 2104) over the link before and everything that was signed, in one form of JSON. Without
the key nobody can write a chain anew, and from a link nobody can guess what was signed.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64
PURPOSE = b"corneum: the chain of what was signed"


def link_of(before: str, signed: Mapping[str, Any], *, key: bytes) -> str:
    """
    Work out the link for what was signed after another.

    :param before: the link before it, 64 hexadecimal digits; GENESIS for the first
    :param signed: what was signed, as JSON can hold it
    :param key: a sealing key; what the chain uses is derived from it
    """
    whole = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    own = hmac.new(key, PURPOSE, hashlib.sha256).digest()
    return hmac.new(own, f"{before}\n{whole}".encode(), hashlib.sha256).hexdigest()
