"""What to order at a vendor: the order's own data, and a row for each line."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from odoo_bridge.models import Partner, Product, PurchaseOrder, SupplierPrice
from odoo_bridge.selectors.purchases import ShownLine, ShownPurchase
from scheduling.forms.day import PlannedDay
from scheduling.selectors.supplier_prices import Offer
from scheduling.services.edit_purchase import HeadEdit, LineEdit
from scheduling.services.place_purchase import Head, Wanted
from scheduling.services.receive_purchase import Came

MOST_ROWS = 200
AMOUNTS = ("quantity", "price", "discount")
Choices = list[tuple[Any, Any]]


def vendors() -> QuerySet[Partner]:
    """Return who sells: companies, and whoever has sold to us or has told a price."""
    known = Q(pk__in=SupplierPrice.objects.values("vendor")) | Q(
        pk__in=PurchaseOrder.objects.values("vendor")
    )
    partners = Partner.objects.filter(known | Q(is_company=True), active=True, deleted_at=None)
    return partners.exclude(odoo_id=None).select_related("parent").order_by("name", "pk")


class VendorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is not generic
    """A vendor, by name."""

    def label_from_instance(self, obj: Partner) -> str:
        """Name the vendor."""
        return obj.shown_name


class VendorForm(forms.Form):
    """At whom to order."""

    vendor = VendorField(Partner.objects.none(), label=_("Vendor"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["vendor"].queryset = vendors()  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Partner | None:
        """The vendor; ``None`` before one is chosen."""
        return self.cleaned_data["vendor"] if self.is_bound and self.is_valid() else None


class HeadForm(forms.Form):
    """The vendor's reference and the day on which it comes, with what the page showed of them.

    ``key`` is the uuid of a purchase that is not there yet: sent twice, it is one.
    """

    key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)
    reference = forms.CharField(label=_("Vendor's reference"), max_length=255, required=False)
    planned_on = forms.DateField(
        label=_("Planned for"), required=False, widget=forms.DateInput({"type": "date"})
    )
    rows = forms.IntegerField(min_value=0, max_value=MOST_ROWS, widget=forms.HiddenInput)
    seen_reference = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    seen_planned_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Refuse a new day on which nobody plans; one that stands there is no mistake of now."""
        given = self.cleaned_data
        day, seen = given.get("planned_on"), given.get("seen_planned_at")
        if day and not (seen and timezone.localdate(seen) == day):
            try:
                PlannedDay().validate(day)
            except ValidationError as error:
                self.add_error("planned_on", error)
        return given

    def new(self, vendor: Partner) -> Head:
        """Return what begins a purchase. Of a valid form."""
        given = self.cleaned_data
        key = given["key"] or uuid4()
        return Head(key, vendor, given["reference"], given["planned_on"])

    @property
    def edit(self) -> HeadEdit:
        """What was changed. Of a valid form."""
        names = ("reference", "planned_on", "seen_reference", "seen_planned_at")
        return HeadEdit(**{name: self.cleaned_data[name] for name in names})


class LineForm(forms.Form):
    """A line: one that is there (``key``), one that the vendor offers, or one to be chosen.

    ``seen_…`` is what the page showed. A new line without a quantity is not ordered.
    """

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    offered = forms.BooleanField(required=False, widget=forms.HiddenInput)
    product = forms.IntegerField(required=False)
    quantity = forms.DecimalField(
        min_value=0, max_digits=12, decimal_places=2, required=False, label=_("Quantity")
    )
    price = forms.DecimalField(
        min_value=0, max_digits=16, decimal_places=6, required=False, label=_("Price")
    )
    discount = forms.DecimalField(
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        label=_("Discount"),
    )
    remove = forms.BooleanField(required=False, label=_("Remove"))
    seen_quantity = forms.DecimalField(required=False, widget=forms.HiddenInput)
    seen_price = forms.DecimalField(required=False, widget=forms.HiddenInput)
    seen_discount = forms.DecimalField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        number: int,
        line: ShownLine | None = None,
        offer: Offer | None = None,
        products: Mapping[int, Product],
        choices: Choices,
    ) -> None:
        super().__init__(data, prefix=f"line-{number}", initial=_initial(line, offer))
        self.line, self.offer, self.products = line, offer, products
        self.is_fixed = line is not None or offer is not None
        chosen = (line.line.product if line else None) or (offer.product if offer else None)
        self.product_name = str(chosen or "")
        self.unit = line.unit if line else (offer.unit_name if offer else "")
        if self.is_fixed:
            self.fields["product"].widget = forms.HiddenInput()
        else:
            self.fields["product"].widget = forms.Select(choices=choices)
        called = self.product_name or _("new line %s") % (number + 1)
        self.fields["product"].widget.attrs["aria-label"] = _("Product of %s") % called
        self.fields["remove"].widget.attrs["aria-label"] = _("Remove %s") % called
        for name in AMOUNTS:
            label = f"{self.fields[name].label}: {called}"
            self.fields[name].widget.attrs.update({"step": "any", "aria-label": label})
        if offer is not None:  # left empty: what the vendor asks for as much as is ordered
            self.fields["price"].widget.attrs["placeholder"] = plain(offer.price)
            self.fields["discount"].widget.attrs["placeholder"] = plain(offer.discount)

    def clean(self) -> dict[str, Any]:
        """Refuse a line that says half of what it orders."""
        given = self.cleaned_data
        if self.errors or given["remove"]:
            return given
        if given["key"]:
            self._refuse_what_is_missing()
        elif given["quantity"] and given["product"] not in self.products:
            self.add_error("product", _("Choose a product."))
        elif given["product"] and not self.is_fixed and not given["quantity"]:
            self.add_error("quantity", _("How much?"))
        return given

    def _refuse_what_is_missing(self) -> None:
        given = self.cleaned_data
        for name in AMOUNTS:
            if given[name] is None or given[f"seen_{name}"] is None:
                self.add_error(name, _("Enter a number."))
        if given.get("quantity") == 0:
            self.add_error("quantity", _("Remove the line, or order something."))

    @property
    def wanted(self) -> Wanted | None:
        """The line to be added, if it is one. Of a valid form."""
        given = self.cleaned_data
        if given["key"] or given["remove"] or not given["quantity"]:
            return None
        product = self.products[given["product"]]
        return Wanted(product, given["quantity"], given["price"], given["discount"])

    @property
    def edit(self) -> LineEdit | None:
        """What was changed of a line that is there. Of a valid form."""
        given = self.cleaned_data
        if not given["key"]:
            return None
        seen = {name: given[f"seen_{name}"] for name in AMOUNTS}
        values = {} if given["remove"] else {name: given[name] for name in AMOUNTS}
        return LineEdit(key=given["key"], values=values, seen=seen, remove=given["remove"])


class ReceiveForm(forms.Form):
    """How much came of each line; all that is still to come unless something else is entered."""

    @classmethod
    def of(cls, shown: ShownPurchase, data: Any = None) -> Self:
        """Return the form of what is to come, or of those lines that the page had."""
        if data is None:
            return cls(shown.to_come)
        return cls([one for one in shown.lines if f"seen_{one.line.uuid.hex}" in data], data)

    def __init__(self, lines: list[ShownLine], data: Any = None) -> None:
        super().__init__(data)
        self.lines = lines
        for line in lines:
            name = line.line.uuid.hex
            self.fields[f"came_{name}"] = forms.DecimalField(
                min_value=0,
                max_digits=12,
                decimal_places=2,
                required=False,
                label=str(line.line.product or line.line.text),
                initial=plain(line.to_come),
                widget=forms.NumberInput({"step": "any"}),
            )
            self.fields[f"seen_{name}"] = forms.DecimalField(
                initial=plain(line.received), widget=forms.HiddenInput
            )

    @property
    def rows(self) -> list[tuple[ShownLine, Any, Any]]:
        """Each line with its two fields."""
        names = [(line, line.line.uuid.hex) for line in self.lines]
        return [(line, self[f"came_{name}"], self[f"seen_{name}"]) for line, name in names]

    @property
    def came(self) -> list[Came]:
        """What came. Of a valid form."""
        given = self.cleaned_data
        return [
            Came(line.line.uuid, given[came.name] or Decimal(0), given[seen.name])
            for line, came, seen in self.rows
        ]


def plain(number: Decimal) -> str:
    """Return a number without the zeros that say nothing."""
    return f"{number.normalize():f}"


def _initial(line: ShownLine | None, offer: Offer | None) -> dict[str, Any]:
    if line is not None:
        amounts = {name: plain(getattr(line, name)) for name in AMOUNTS}
        seen = {f"seen_{name}": value for name, value in amounts.items()}
        return {"key": line.line.uuid, "product": line.line.product_id, **amounts, **seen}
    if offer is not None:
        return {"product": offer.product.pk, "offered": True}
    return {}
