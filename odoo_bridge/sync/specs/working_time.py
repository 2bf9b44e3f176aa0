"""Working hours, who keeps them, and time off."""

from odoo_bridge import models
from odoo_bridge.sync.columns import MirrorSpec, flag, moment, number, reference, text, whole

WORKING_HOURS = MirrorSpec(
    models.WorkingHours,
    "resource.calendar",
    (
        text("name", "name"),
        text("zone", "tz", most=64),
        number("hours_per_day", "hours_per_day"),
        number("hours_per_week", "hours_per_week"),
        flag("has_two_weeks", "two_weeks_calendar"),
        flag("is_flexible", "flexible_hours"),
        reference("company", "company_id"),
        flag("active", "active"),
    ),
    topic="board",
)
WORKING_PERIOD = MirrorSpec(
    models.WorkingPeriod,
    "resource.calendar.attendance",
    (
        reference("hours", "calendar_id"),
        text("name", "name"),
        whole("weekday", "dayofweek"),
        number("starts", "hour_from"),
        number("ends", "hour_to"),
        text("kind", "day_period", most=16),
        text("week", "week_type", most=8),
        flag("is_heading", "display_type"),
        whole("position", "sequence"),
    ),
    topic="board",
)
RESOURCE = MirrorSpec(
    models.Resource,
    "resource.resource",
    (
        text("name", "name"),
        text("kind", "resource_type", most=16),
        reference("hours", "calendar_id"),
        reference("user", "user_id"),
        number("efficiency", "time_efficiency"),
        reference("company", "company_id"),
        flag("active", "active"),
    ),
    topic="board",
)
TIME_OFF = MirrorSpec(
    models.TimeOff,
    "resource.calendar.leaves",
    (
        text("name", "name"),
        reference("resource", "resource_id"),
        reference("hours", "calendar_id"),
        moment("starts_at", "date_from"),
        moment("ends_at", "date_to"),
        text("kind", "time_type", most=16),
        reference("company", "company_id"),
    ),
    topic="board",
    tells="resource.calendar.leaves",
)
