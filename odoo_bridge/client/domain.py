"""Search domains, with Odoo's idea of time: datetimes are compared by whole seconds.

Odoo 19 stores microseconds, cuts them from the value it is given, and reads ``>`` as "from the next
second on" (orm/domains.py). So only ``>=`` and ``<`` appear here: on whole seconds they mean what
they say.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from odoo_bridge.client.values import odoo_datetime

Domain = list[Any]


def written_between(lo: dt.datetime, hi: dt.datetime) -> Domain:
    """Records written from ``lo`` until before ``hi``, both cut to their second.

    The cut moves both ends to the past: nothing is lost as long as the next window starts at, or
    before, the end of this one. To include all of a second, pass the next one as ``hi``.
    """
    return [["write_date", ">=", odoo_datetime(lo)], ["write_date", "<", odoo_datetime(hi)]]


def after_id(odoo_id: int) -> Domain:
    """Records with a greater id: the next page of a scan ordered by id."""
    return [["id", ">", odoo_id]]


def with_ids(odoo_ids: Iterable[int]) -> Domain:
    """The records among ``odoo_ids`` that exist and that we may see."""
    return [["id", "in", sorted(odoo_ids)]]


def all_of(*domains: Domain) -> Domain:
    """Records that match every domain. (Odoo joins neighbours with "and".)"""
    return [part for domain in domains for part in domain]


def any_of(*domains: Domain) -> Domain:
    """Records that match at least one domain; with an empty domain among them, all records.

    :raises ValueError: no domain was given, which would mean "none" to us and "all" to Odoo.
    """
    if not domains:
        raise ValueError("any_of() needs a domain")
    if not all(domains):
        return []
    return ["|"] * (len(domains) - 1) + [part for domain in domains for part in joined(domain)]


def joined(domain: Domain) -> Domain:
    """``domain`` with its silent "and" spelled out, so that it can stand after an operator."""
    return ["&"] * (number_of_conditions(domain) - 1) + domain


def number_of_conditions(domain: Domain) -> int:
    """How many conditions stand side by side at the top of ``domain``.

    Each "&" and "|" makes one condition of two; "!" leaves their number as it is.
    """
    terms = sum(not isinstance(part, str) for part in domain)
    return terms - sum(part in {"&", "|"} for part in domain if isinstance(part, str))
