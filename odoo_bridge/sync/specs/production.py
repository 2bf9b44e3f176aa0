"""Bills of materials, work centres, manufacturing orders and their work orders."""

from odoo_bridge import models
from odoo_bridge.sync.columns import (
    MirrorSpec,
    flag,
    ids,
    moment,
    money,
    number,
    plain_id,
    reference,
    text,
    whole,
)

BILL_OF_MATERIALS = MirrorSpec(
    models.BillOfMaterials,
    "mrp.bom",
    (
        text("code", "code", most=64),
        text("kind", "type", most=16),
        reference("product", "product_id"),
        plain_id("template_odoo_id", "product_tmpl_id"),
        number("quantity", "product_qty"),
        reference("unit", "product_uom_id"),
        whole("lead_days", "produce_delay"),
        whole("preparation_days", "days_to_prepare_mo"),
        ids("line_ids", "bom_line_ids"),
        reference("company", "company_id"),
        flag("active", "active"),
    ),
    topic="production",
    tells="mrp.bom",
    module="mrp",
)
BILL_OF_MATERIALS_LINE = MirrorSpec(
    models.BillOfMaterialsLine,
    "mrp.bom.line",
    (
        reference("bill", "bom_id"),
        reference("product", "product_id"),
        number("quantity", "product_qty"),
        reference("unit", "product_uom_id"),
        whole("position", "sequence"),
    ),
    topic="production",
    part_of="bom_id",
    module="mrp",
)
WORK_CENTER = MirrorSpec(
    models.WorkCenter,
    "mrp.workcenter",
    (
        text("name", "name"),
        text("code", "code", most=64),
        reference("resource", "resource_id"),
        reference("hours", "resource_calendar_id"),
        number("efficiency", "time_efficiency"),
        number("setup_minutes", "time_start"),
        number("cleanup_minutes", "time_stop"),
        money("cost_per_hour", "costs_hour"),
        reference("company", "company_id"),
        whole("position", "sequence"),
        flag("active", "active"),
    ),
    topic="production",
    module="mrp",
)
WORK_CENTER_CAPACITY = MirrorSpec(
    models.WorkCenterCapacity,
    "mrp.workcenter.capacity",
    (
        reference("work_center", "workcenter_id"),
        reference("product", "product_id"),
        reference("unit", "product_uom_id"),
        number("capacity", "capacity"),
        number("setup_minutes", "time_start"),
        number("cleanup_minutes", "time_stop"),
    ),
    topic="production",
    module="mrp",
)
MANUFACTURING_ORDER = MirrorSpec(
    models.ManufacturingOrder,
    "mrp.production",
    (
        text("name", "name", most=64),
        text("state", "state", most=16),
        text("parts_state", "reservation_state", most=16),
        reference("product", "product_id"),
        number("quantity", "product_qty"),
        number("produced", "qty_produced"),
        reference("unit", "product_uom_id"),
        reference("bill", "bom_id"),
        moment("starts_at", "date_start"),
        moment("ends_at", "date_finished"),
        moment("due_at", "date_deadline"),
        text("origin", "origin"),
        reference("order_line", "sale_line_id"),
        ids("work_order_ids", "workorder_ids"),
        reference("responsible", "user_id"),
        reference("company", "company_id"),
    ),
    topic="production",
    tells="mrp.production",
    module="sale_mrp",  # which Odoo adds by itself to sales and manufacturing: the order's line
)
WORK_ORDER = MirrorSpec(
    models.WorkOrder,
    "mrp.workorder",
    (
        text("name", "name"),
        text("state", "state", most=16),
        reference("production", "production_id"),
        reference("work_center", "workcenter_id"),
        number("produced", "qty_produced"),
        number("expected_minutes", "duration_expected"),
        number("real_minutes", "duration"),
        moment("starts_at", "date_start"),
        moment("ends_at", "date_finished"),
        ids("after_ids", "blocked_by_workorder_ids"),
        whole("position", "sequence"),
    ),
    topic="production",
    tells="mrp.workorder",
    module="mrp",
)
