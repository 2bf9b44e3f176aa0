"""What a product is made of."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from odoo_bridge.models.mirror import Mirror, Reference, odoo_id_field, quantity_field, text_field
from odoo_bridge.models.organisation import Company, Unit
from odoo_bridge.models.product import Product


class BillOfMaterials(Mirror):
    """What makes ``quantity`` units of a product. ``line_ids`` are the Odoo ids of its lines.

    Without ``product`` it holds for every variant of the template. A ``phantom`` is a kit, which is
    sold as its parts. ``lead_days`` is how long the making takes, ``preparation_days`` how long
    before the parts must be ordered.
    """

    KIT = "phantom"

    code = text_field(64)
    kind = text_field(16)
    product = Reference(Product, related_name="bills_of_materials")
    product_odoo_id = odoo_id_field()
    template_odoo_id = odoo_id_field()
    quantity = quantity_field()
    unit = Reference(Unit)
    unit_odoo_id = odoo_id_field()
    lead_days = models.IntegerField(default=0)
    preparation_days = models.IntegerField(default=0)
    line_ids = ArrayField(models.BigIntegerField(), default=list)
    company = Reference(Company)
    company_odoo_id = odoo_id_field()
    active = models.BooleanField(default=True)


class BillOfMaterialsLine(Mirror):
    """A part: so many ``unit`` of a product for the quantity of the whole bill."""

    bill = Reference(BillOfMaterials, related_name="lines")
    bill_odoo_id = odoo_id_field()
    product = Reference(Product)
    product_odoo_id = odoo_id_field()
    quantity = quantity_field()
    unit = Reference(Unit)
    unit_odoo_id = odoo_id_field()
    position = models.IntegerField(default=0)
