"""What our trucks fetch."""

from scheduling.models import Job


def stream_of(job: Job) -> str:
    """Return the key of what Odoo was promised with regard to a job, beside its run."""
    if job.order:
        return f"order:{job.order.uuid}"
    if job.purchase:
        return f"purchase:{job.purchase.uuid}"
    return f"transfer:{job.picking.uuid}"
