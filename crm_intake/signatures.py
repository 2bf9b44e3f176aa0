"""A signature that several sources share: ``sha256=<hex>`` of HMAC-SHA256."""

import hashlib
import hmac
from collections.abc import Iterable


def is_signed(message: bytes, given: str, secrets: Iterable[str]) -> bool:
    """Compare what was given with each secret's signature, in constant time each."""
    good = False
    for secret in secrets:
        wanted = f"sha256={hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()}"
        good |= hmac.compare_digest(wanted.encode(), given.encode())
    return good
