"""The money that was taken for a job."""

from django.db.models import QuerySet

from drivers.models import Collection
from odoo_bridge.selectors.money import never_made
from scheduling.models import Job


def payments_at(job: Job) -> QuerySet[Collection]:
    """Return the money that was taken for the job, the first payment first.

    What was given up since counts as never taken.
    """
    taken = Collection.objects.filter(stop__job=job).filter(~never_made("payment__"))
    return taken.select_related("payment__currency").order_by("pk")
