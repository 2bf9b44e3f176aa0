"""The pages in the header: those that the person's role may open."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.urls import resolve, reverse

from portal.accounts.access import roles_of
from portal.office.homes import HOMES
from portal.office.selectors.needs import MAY_ACT, parked_for

register = template.Library()

# In the order in which they stand in the header.
PAGES = [
    ("office:today", "Today"),
    ("dashboard:director", "Director"),
    ("scheduling:board", "Board"),
    ("drivers:road", "Runs"),
    ("scheduling:calendar", "Calendar"),
    ("scheduling:quotes", "Price"),
    ("scheduling:productions", "Production"),
    ("scheduling:purchases", "Purchases"),
    ("drivers:cash", "Cash"),
    ("crm_intake:inbox", "Inbox"),
    ("leads:leads", "Leads"),
    ("odoo_bridge:desk", "Sync"),
    ("office:setup", "Set-up"),
]


@dataclass(frozen=True)
class Page:
    """A link in the header."""

    name: str
    url: str
    current: bool
    waiting: int = 0


@register.inclusion_tag("_pages.html", takes_context=True)
def pages(context: template.Context) -> dict[str, Any]:
    """List the pages that this person may open, and mark the one that is open."""
    request = context["request"]
    role = request.user.role
    # A part that is read again belongs to the page that is open, not to its own address.
    here = urlsplit(request.htmx.current_url_abs_path or request.path).path
    links = [
        Page(
            name=name,
            url=url,
            current=url == here or (url != "/" and here.startswith(url)),
            waiting=parked_for(role) if view == "odoo_bridge:desk" else 0,
        )
        for view, name in PAGES
        if role in roles_of(resolve(url := reverse(view)).func)
        if not (url == "/" and role in HOMES)  # it would only lead to another of these
    ]
    return {"pages": links, "follows": role in MAY_ACT}
