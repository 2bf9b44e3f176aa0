"""Whether what the portal shows is invented."""

from odoo_bridge.models import Partner
from odoo_bridge.sample import SAMPLE_FROM


def holds_sample_data() -> bool:
    """Say whether the mirrors were filled with sample data, for want of an Odoo."""
    return Partner.objects.filter(odoo_id__gte=SAMPLE_FROM).exists()
