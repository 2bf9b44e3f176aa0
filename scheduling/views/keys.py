"""Keys of records as a page sends them."""

from uuid import UUID


def uuid_in(text: str) -> UUID | None:
    """Return the key, ``None`` for what is no key."""
    try:
        return UUID(text)
    except ValueError:
        return None
