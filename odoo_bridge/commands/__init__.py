"""What the apps can ask of Odoo, in the portal's own words."""

from odoo_bridge.commands.base import Command
from odoo_bridge.commands.record_lead import RecordLead

COMMANDS: dict[str, type[Command]] = {command.name(): command for command in (RecordLead,)}

__all__ = ["COMMANDS", "Command", "RecordLead"]
