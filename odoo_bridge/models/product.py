"""Products, as they are sold, loaded and counted."""

from django.db import models

from odoo_bridge.models.mirror import Mirror, odoo_id_field, quantity_field, text_field


class Product(Mirror):
    """A product variant; weight in kg and volume in m³ for one ``unit``, in which it is counted.

    Variants of one product share their template, and what Odoo says of it holds for all of them.
    ``is_bought`` says that vendors can be asked for it.
    """

    name = text_field()
    template_odoo_id = odoo_id_field()
    code = text_field(64)
    kind = text_field(16)
    weight = quantity_field()
    volume = quantity_field()
    unit = text_field(64)
    unit_odoo_id = models.PositiveBigIntegerField(null=True)
    is_bought = models.BooleanField(default=True, db_default=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
