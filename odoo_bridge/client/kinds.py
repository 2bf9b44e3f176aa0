"""The kinds of call: what each needs, and what it means when no answer comes."""

from enum import Enum

from odoo_bridge.client.errors import OdooError, OdooUnavailable, OutcomeUnknown


class Kind(Enum):
    """Does the method change anything, and does it work on records?"""

    READ = "a read of a model: search_read, formatted_read_group, fields_get"
    READ_RECORDS = "a read of given records: read, web_read, get_metadata"
    WRITE = "a change through a model: create, load"
    WRITE_RECORDS = "a change of given records: write, unlink, message_post, every action"

    @property
    def needs_ids(self) -> bool:
        """Without ids Odoo runs a record method on nothing and says ``true`` (rpc json2)."""
        return self in {Kind.READ_RECORDS, Kind.WRITE_RECORDS}

    @property
    def writes(self) -> bool:
        """May the call have changed something when its answer is lost?"""
        return self in {Kind.WRITE, Kind.WRITE_RECORDS}

    def no_answer(
        self, reason: str, call: str = "", cause: str = "", status: int | None = None
    ) -> OdooError:
        """The error for a call that may have reached Odoo and of which we know nothing more."""
        error = OutcomeUnknown if self.writes else OdooUnavailable
        return error(reason, call, cause, status)
