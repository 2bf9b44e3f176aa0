"""What all of Quo's payloads have around them, in every generation.

Shapes: legacy v2/v3 (made in Quo's app), legacy v4 (made over its API), a wrapped variant, and
2026-03-30. Source: Quo's documentation of webhook event payloads and its migration guide.
"""

import json
from dataclasses import dataclass
from typing import Any

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Told:
    """An event: its kind, the record that it is about, and what stands beside that since 2026."""

    kind: str
    record: dict[str, Any]
    context: dict[str, Any]


def opened(body: bytes) -> Told:
    """Return what the envelope holds; any of ``UNREADABLE`` comes out of what is none."""
    payload = envelope(body)
    data = payload["data"]
    record = data["resource"] if "resource" in data else data["object"]
    return Told(kind=str(payload["type"]), record=record, context=data.get("context") or {})


def envelope(body: bytes) -> Any:
    """Return the envelope; a wrapped one stands inside of another."""
    payload = json.loads(body)
    return payload["object"] if isinstance(payload.get("object"), dict) else payload
