"""Keep in mind what customers were promised, apart from what is planned."""

from typing import Any

from django.db.models import CharField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields import DateTimeField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat

from odoo_bridge.commands import PlanDelivery
from odoo_bridge.models import OutboxEntry
from portal.core.changes import touch
from scheduling.models import Job

OF_ORDER = "order__promised_at"


def follow_promises() -> int:
    """Note the day that Odoo names for each open delivery, unless it is one that we planned.

    Planning writes its day to Odoo's order: read back as the promise it would say of every delay
    that nobody is late. A later delivery of an order was promised with the earlier ones. Returns
    how many were noted.
    """
    jobs = Job.objects.filter(state__in=Job.OPEN_STATES, order__isnull=False)
    elsewhere = ~Q(promised_at=F(OF_ORDER)) | Q(promised_at=None, order__promised_at__isnull=False)
    withdrawn = Q(promised_at__isnull=False, order__promised_at=None)
    theirs = jobs.filter(elsewhere | withdrawn).exclude(Exists(_planned()))
    noted = _note(theirs, Job.objects.filter(pk=OuterRef("pk")).values(OF_ORDER))
    siblings = Job.objects.filter(order=OuterRef("order"), promised_at__isnull=False)
    earlier = siblings.order_by().values("order").annotate(last=Max("promised_at")).values("last")
    noted += _note(jobs.filter(Exists(siblings), promised_at=None), earlier)
    if noted:
        touch("board")
    return noted


def _note(jobs: QuerySet[Job], promised: QuerySet[Any, Any]) -> int:
    return Job.objects.filter(pk__in=jobs.values("pk")).update(promised_at=Subquery(promised))


def _planned() -> QuerySet[OutboxEntry]:
    """Return our own plan of the outer job's order for the very time that Odoo names."""
    stream = Concat(Value("order:"), Cast(OuterRef("order__uuid"), CharField()))
    plans = OutboxEntry.objects.filter(stream__key=stream, command=PlanDelivery.name())
    planned_for = Cast(KT("payload__scheduled_at"), DateTimeField())
    return plans.alias(planned_for=planned_for).filter(planned_for=OuterRef(OF_ORDER))
