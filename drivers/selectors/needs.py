"""How much each act is wanted, of whom and with what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from drivers.models import Requirement
from odoo_bridge.models import Partner, Product
from scheduling.models import Job
from scheduling.selectors.jobs import moves_of

Act, Level = Requirement.Act, Requirement.Level
Needs = dict[str, str]
DEFAULTS: Mapping[str, str] = {
    Act.VEHICLE: Level.WARN,
    Act.LOADED: Level.OPTIONAL,
    Act.ON_MY_WAY: Level.OPTIONAL,
    Act.ARRIVED: Level.OPTIONAL,
    Act.PHOTO: Level.OPTIONAL,
    Act.SIGNED: Level.OPTIONAL,
    Act.NOTED: Level.OPTIONAL,
    Act.COLLECTED: Level.WARN,
}
OF_A_RUN = (Act.VEHICLE, Act.LOADED)
OF_A_STOP = tuple(act for act in DEFAULTS if act not in OF_A_RUN)
ASKED = (Level.WARN, Level.REQUIRED)
MOST = 20  # customers, and products, that a search shows
NOT_LOADED = "service"


@dataclass(frozen=True)
class Wanted:
    """All that is wanted now: of everybody, and of customers and with products by their keys."""

    everybody: Mapping[str, str]
    customers: Mapping[tuple[int, str], str]
    products: Mapping[tuple[int, str], str]

    @property
    def ever_asked(self) -> frozenset[str]:
        """The acts that are asked for anywhere."""
        listed = (*self.everybody.items(), *self._of_some())
        return frozenset(act for act, level in listed if level in ASKED)

    def of_stop(self, job: Job) -> Needs:
        """Return what is wanted at a stop; the job's customer and moves are loaded."""
        return {str(act): self.level(act, job) for act in OF_A_STOP}

    def of_run(self, jobs: Iterable[Job]) -> Needs:
        """Return what is wanted of a run with these jobs: what is fetched is not in the yard."""
        loaded = [self.level(Act.LOADED, job) for job in jobs if not job.is_pickup]
        return {
            Act.VEHICLE.value: self.everybody[Act.VEHICLE],
            Act.LOADED.value: strictest(loaded) if loaded else Level.OFF.value,
        }

    def level(self, act: str, job: Job) -> str:
        """Return the customer's own level, else the strictest of what is brought."""
        customer = job.customer
        for key in (customer.pk, customer.parent_id) if customer else ():
            if key and (key, act) in self.customers:
                return self.customers[key, act]
        usual = self.everybody[act]
        brought = {move.product_id for move in moves_of(job) if move.product_id}
        return strictest([self.products.get((key, act), usual) for key in brought] or [usual])

    def _of_some(self) -> Iterable[tuple[str, str]]:
        for listed in (self.customers, self.products):
            yield from ((act, level) for (_key, act), level in listed.items())


def strictest(levels: Iterable[str]) -> str:
    """Return the strictest of these levels."""
    return max(levels, key=Level.values.index)


def wanted() -> Wanted:
    """Return all that is wanted now; one query."""
    rows = list(Requirement.objects.all())
    usual = {one.act: one.level for one in rows if not one.customer_id and not one.product_id}
    return Wanted(
        everybody={str(act): str(level) for act, level in {**DEFAULTS, **usual}.items()},
        customers={(one.customer_id, one.act): one.level for one in rows if one.customer_id},
        products={(one.product_id, one.act): one.level for one in rows if one.product_id},
    )


def exceptions() -> list[Requirement]:
    """Return what is wanted otherwise of some, customers first, by name; one query."""
    some = Requirement.objects.exclude(customer=None, product=None)
    rows = some.select_related("customer__parent", "product")
    return sorted(rows, key=lambda one: (one.customer is None, one.whom.lower(), one.pk))


def search_whom(words: str) -> tuple[list[Partner], list[Product]]:
    """Return customers and products with all of these words; nothing without any. Two queries."""
    if not words.split():
        return [], []
    here = Q(deleted_at=None, active=True)
    partners = Partner.objects.filter(here).exclude(name="")
    products = Product.objects.filter(here).exclude(kind=NOT_LOADED)
    for word in words.split():
        partners = partners.filter(Q(name__icontains=word) | Q(parent__name__icontains=word))
        products = products.filter(Q(name__icontains=word) | Q(code__icontains=word))
    return list(partners.order_by("name", "pk")[:MOST]), list(
        products.order_by("name", "pk")[:MOST]
    )
