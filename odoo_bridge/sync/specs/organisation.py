"""Whom and what everything else refers to: partners, companies, users, warehouses, units."""

from odoo_bridge import models
from odoo_bridge.sync.columns import MirrorSpec, flag, number, plain_id, reference, text

CURRENCY = MirrorSpec(
    models.Currency,
    "res.currency",
    (text("name", "name", most=8), text("symbol", "symbol", most=8)),
)
COUNTRY_STATE = MirrorSpec(
    models.CountryState,
    "res.country.state",
    (text("name", "name"), text("code", "code", most=8)),
)
UNIT = MirrorSpec(
    models.Unit,
    "uom.uom",
    (
        text("name", "name", most=64),
        number("factor", "factor", places=12),
        reference("base", "relative_uom_id"),
        flag("active", "active"),
    ),
)
PARTNER = MirrorSpec(
    models.Partner,
    "res.partner",
    (
        text("name", "name"),
        flag("is_company", "is_company"),
        text("email", "email"),
        text("phone", "phone", most=64),
        text("street", "street"),
        text("street2", "street2"),
        text("city", "city"),
        text("postcode", "zip", most=24),
        reference("state", "state_id"),
        number("latitude", "partner_latitude", places=7, digits=3),
        number("longitude", "partner_longitude", places=7, digits=3),
        reference("parent", "parent_id"),
        flag("active", "active"),
    ),
    topic="orders",
    tells="res.partner",
)
COMPANY = MirrorSpec(
    models.Company,
    "res.company",
    (
        text("name", "name"),
        reference("parent", "parent_id"),
        reference("currency", "currency_id"),
        reference("address", "partner_id"),
        flag("active", "active"),
    ),
)
ODOO_USER = MirrorSpec(
    models.OdooUser,
    "res.users",
    (
        text("login", "login"),
        reference("contact", "partner_id"),
        reference("company", "company_id"),
        flag("is_outsider", "share"),
        flag("active", "active"),
    ),
)
WAREHOUSE = MirrorSpec(
    models.Warehouse,
    "stock.warehouse",
    (
        text("name", "name"),
        text("code", "code", most=16),
        reference("company", "company_id"),
        reference("address", "partner_id"),
        plain_id("stock_location_odoo_id", "lot_stock_id"),
        flag("active", "active"),
    ),
    topic="stock",
)
