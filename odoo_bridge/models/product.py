"""Products, as they are sold, loaded and counted."""

from django.db import models

from odoo_bridge.models.mirror import Mirror, quantity_field, text_field


class Product(Mirror):
    """A product variant; weight in kg and volume in m³ for one ``unit``, in which it is counted."""

    name = text_field()
    code = text_field(64)
    kind = text_field(16)
    weight = quantity_field()
    volume = quantity_field()
    unit = text_field(64)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
