"""The pages in the header: those that the person's role may open."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import resolve, reverse

from portal.accounts.access import roles_of
from portal.office.homes import HOMES

register = template.Library()

# In the order in which they stand in the header.
PAGES = [
    ("office:today", "Today"),
    ("dashboard:director", "Director"),
    ("scheduling:board", "Board"),
    ("crm_intake:inbox", "Inbox"),
    ("odoo_bridge:desk", "Sync"),
    ("office:setup", "Set-up"),
]


@dataclass(frozen=True)
class Page:
    """A link in the header."""

    name: str
    url: str
    current: bool


@register.inclusion_tag("_pages.html", takes_context=True)
def pages(context: template.Context) -> dict[str, Any]:
    """List the pages that this person may open, and mark the one that is open."""
    request = context["request"]
    role, here = request.user.role, request.path
    links = [
        Page(name=name, url=url, current=url == here or (url != "/" and here.startswith(url)))
        for view, name in PAGES
        if role in roles_of(resolve(url := reverse(view)).func)
        if not (url == "/" and role in HOMES)  # it would only lead to another of these
    ]
    return {"pages": links}
