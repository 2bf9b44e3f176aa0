"""Whether a post is from whom it says: what each provider's signature check answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """``reason`` says why it was refused, in a few words; an empty one means that it is good."""

    reason: str = ""
    delivery_id: str = ""
    late: bool = False

    @property
    def refused(self) -> bool:
        """Nothing may be believed of it."""
        return bool(self.reason)
