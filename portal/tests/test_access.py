"""Default deny: each address has a rule, and the rule is the one written here."""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from portal.accounts.models import Role

PUBLIC = {
    *("account_request_login_code", "account_confirm_login_code"),
    *("account_login", "account_logout", "account_inactive", "account_signup"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("office:brand-theme", "office:brand-logo"),
    *("webhook:quo", "webhook:twilio-sms", "webhook:twilio-voice", "webhook:twilio-status"),
    *("texts:page", "texts:frame"),
    *(f"drivers:tracking{what}" for what in ("", "-photo", "-ticket", "-receipt")),
    *("webhook:signed", "webhook:github"),
    "odoo_webhook:hint",
    *("office:health", "office:health-live", "office:health-ready"),
}
OWN_ACCOUNT = {"account_reauthenticate", "account_change_password", "account_set_password"}
EVERYBODY = frozenset(Role)
OFFICE = frozenset({Role.OFFICE})
ADMIN = frozenset({Role.ADMIN})
DRIVER = frozenset({Role.DRIVER})
MAKERS = OFFICE | ADMIN | frozenset({Role.PRODUCTION})
RULES = {
    "office:today": EVERYBODY,
    "office:live": EVERYBODY,
    "office:pages": OFFICE | ADMIN,
    "office:setup": ADMIN,
    "office:profile-change": ADMIN,
    "office:alerts-change": ADMIN,
    "office:alerts-test": ADMIN,
    "office:logo-change": ADMIN,
    "office:intake-change": ADMIN,
    "office:program-change": ADMIN,
    "office:person-invite": ADMIN,
    "office:person-change": ADMIN,
    "office:person-invite-again": ADMIN,
    "office:mail": ADMIN,
    "scheduling:calendar": MAKERS | frozenset({Role.DIRECTOR}),
    "scheduling:calendar-entries": MAKERS | frozenset({Role.DIRECTOR}),
    "scheduling:calendar-entry": MAKERS | frozenset({Role.DIRECTOR}),
    "scheduling:calendar-move": MAKERS,
    "scheduling:board": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "scheduling:day-map": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "scheduling:sheets": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "scheduling:sheets-pdf": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "scheduling:jobs-move": OFFICE | ADMIN,
    "scheduling:jobs-where": OFFICE | ADMIN,
    "scheduling:move-undo": OFFICE | ADMIN,
    "scheduling:move-redo": OFFICE | ADMIN,
    "scheduling:stop-lock": OFFICE | ADMIN,
    "scheduling:job-when": OFFICE | ADMIN,
    "scheduling:job-window": OFFICE | ADMIN,
    "scheduling:job-notice": OFFICE | ADMIN,
    "scheduling:job-split": OFFICE | ADMIN,
    "scheduling:job-split-sums": OFFICE | ADMIN,
    "scheduling:job-part": OFFICE | ADMIN,
    "scheduling:job-merge": OFFICE | ADMIN,
    "scheduling:job-tell": OFFICE | ADMIN,
    "scheduling:pool-view-keep": OFFICE | ADMIN,
    "scheduling:pool-view-forget": OFFICE | ADMIN,
    "scheduling:run": OFFICE | ADMIN,
    "scheduling:run-hours": OFFICE | ADMIN,
    "scheduling:run-add": OFFICE | ADMIN,
    "scheduling:run-remove": OFFICE | ADMIN,
    "scheduling:run-lock": OFFICE | ADMIN,
    "scheduling:run-driver": OFFICE | ADMIN,
    "scheduling:places": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "scheduling:place": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "scheduling:place-pin": OFFICE | ADMIN,
    "scheduling:place-words": OFFICE | ADMIN,
    "scheduling:place-picture-add": OFFICE | ADMIN,
    "scheduling:place-picture": OFFICE | ADMIN | DRIVER | frozenset({Role.DIRECTOR}),
    "scheduling:place-picture-remove": OFFICE | ADMIN,
    "scheduling:quotes": OFFICE | ADMIN,
    "scheduling:quote-addresses": OFFICE | ADMIN,
    "scheduling:quote": OFFICE | ADMIN,
    "scheduling:quote-orders": OFFICE | ADMIN,
    "scheduling:quote-write": OFFICE | ADMIN,
    "scheduling:prices": ADMIN,
    "scheduling:prices-change": ADMIN,
    "scheduling:price-add": ADMIN,
    "scheduling:price-remove": ADMIN,
    "scheduling:hours": ADMIN,
    "scheduling:hours-week": ADMIN,
    "scheduling:hours-holidays": ADMIN,
    "scheduling:hours-add": ADMIN,
    "scheduling:hours-remove": ADMIN,
    "scheduling:materials": ADMIN,
    "scheduling:materials-name": ADMIN,
    "scheduling:material-change": ADMIN,
    "scheduling:material-add": ADMIN,
    "scheduling:material-remove": ADMIN,
    "scheduling:trucks": ADMIN,
    "scheduling:truck": ADMIN,
    "scheduling:truck-change": ADMIN,
    "scheduling:truck-add": ADMIN,
    "scheduling:truck-remove": ADMIN,
    "scheduling:purchases": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "scheduling:purchases-confirm": OFFICE | ADMIN,
    "scheduling:purchase-new": OFFICE | ADMIN,
    "scheduling:purchase": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "scheduling:purchase-save": OFFICE | ADMIN,
    "scheduling:purchase-confirm": OFFICE | ADMIN,
    "scheduling:purchase-receive": OFFICE | ADMIN,
    "scheduling:purchase-fetch": OFFICE | ADMIN,
    "scheduling:purchase-cancel": OFFICE | ADMIN,
    "scheduling:productions": MAKERS | frozenset({Role.DIRECTOR}),
    "scheduling:production-start": MAKERS,
    "scheduling:production-finish": MAKERS,
    "scheduling:production-plan": MAKERS,
    "dashboard:director": ADMIN | frozenset({Role.DIRECTOR}),
    **dict.fromkeys(("drivers:run", "drivers:deliveries", "drivers:day", "drivers:acts"), DRIVER),
    **dict.fromkeys(("drivers:worker", "drivers:manifest", "drivers:file"), DRIVER),
    "drivers:positions": DRIVER,
    "drivers:proof": EVERYBODY - {Role.PRODUCTION},
    "drivers:ticket": EVERYBODY - {Role.PRODUCTION},
    "drivers:tickets": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "drivers:road": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "drivers:driven": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "drivers:drive-end": OFFICE | ADMIN,
    "drivers:live-map": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "drivers:decide": OFFICE | ADMIN,
    "drivers:settle-link": OFFICE | ADMIN,
    "drivers:cash": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "drivers:cash-count": OFFICE | ADMIN,
    "drivers:cash-take-back": OFFICE | ADMIN,
    "drivers:cash-deposit": OFFICE | ADMIN,
    "drivers:rules": ADMIN,
    "drivers:rules-change": ADMIN,
    "drivers:needs": ADMIN,
    "drivers:needs-everybody": ADMIN,
    "drivers:needs-add": ADMIN,
    "drivers:needs-change": ADMIN,
    "drivers:needs-remove": ADMIN,
    "crm_intake:inbox": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "crm_intake:text-done": OFFICE | ADMIN,
    "leads:leads": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "leads:lead": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "leads:change": OFFICE | ADMIN,
    "leads:convert": OFFICE | ADMIN,
    "leads:close": OFFICE | ADMIN,
    "leads:owners": ADMIN,
    "leads:turns": ADMIN,
    "leads:route-add": ADMIN,
    "leads:route-remove": ADMIN,
    "people:person": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "people:reply": OFFICE | ADMIN,
    "people:insert": OFFICE | ADMIN,
    "people:writing": OFFICE | ADMIN,
    "crm_intake:replies": OFFICE | ADMIN,
    "crm_intake:reply-keep": OFFICE | ADMIN,
    "crm_intake:reply-forget": OFFICE | ADMIN,
    "people:note": OFFICE | ADMIN,
    "people:consent": OFFICE | ADMIN,
    "people:import": ADMIN,
    "people:dispute": ADMIN,
    "people:dispute-pdf": ADMIN,
    "people:erase": ADMIN,
    "people:name": OFFICE | ADMIN,
    "people:number": OFFICE | ADMIN,
    "people:take": OFFICE | ADMIN,
    "people:judge": OFFICE | ADMIN,
    "people:settle": OFFICE | ADMIN,
    "people:task-done": OFFICE | ADMIN,
    "people:text-take-back": OFFICE | ADMIN,
    "people:text-decide": OFFICE | ADMIN,
    "crm_intake:attachment": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "crm_intake:delivery-replay": OFFICE | ADMIN,
    "crm_intake:deliveries-replay": OFFICE | ADMIN,
    "crm_intake:deliveries": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "odoo_bridge:state": EVERYBODY,
    "odoo_bridge:desk": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "odoo_bridge:history": OFFICE | ADMIN | frozenset({Role.DIRECTOR}),
    "odoo_bridge:stream-pause": OFFICE | ADMIN,
    "odoo_bridge:stream-go-on": OFFICE | ADMIN,
    "odoo_bridge:bulk-parked": OFFICE | ADMIN,
    "odoo_bridge:bulk-conflicts": OFFICE | ADMIN,
    "odoo_bridge:entry-edit": OFFICE | ADMIN,
    "odoo_bridge:entry-retry": OFFICE | ADMIN,
    "odoo_bridge:writes-go-on": ADMIN,
    "odoo_bridge:entry-drop": OFFICE | ADMIN,
    "odoo_bridge:resolve": OFFICE | ADMIN,
}
ARGUMENTS = {
    "action_id": 1,
    "link_id": 1,
    **dict.fromkeys(("act", "ticket", "proof", "hand_in", "file", "run_uuid"), uuid.UUID(int=1)),
    "currency": 1,
    "quote_uuid": uuid.UUID(int=1),
    "entry_id": 1,
    "stream_key": "lead:1",
    "job_id": 1,
    "view_id": 1,
    "lead_uuid": uuid.UUID(int=1),
    "route_id": 1,
    "reply_id": 1,
    "kind": "band",
    "rate_id": 1,
    "row_id": 1,
    "material_id": 1,
    "truck_id": 1,
    "place_uuid": uuid.UUID(int=1),
    "photo_uuid": uuid.UUID(int=1),
    "production_uuid": uuid.UUID(int=1),
    "purchase_uuid": uuid.UUID(int=1),
    "stop_uuid": uuid.UUID(int=1),
    "person_id": 1,
    "person_uuid": uuid.UUID(int=1),
    "task_id": 1,
    "text_id": 1,
    "message_id": 1,
    "uidb36": "1",
    "delivery_id": 1,
    "source": "quo",
    "key": "x-y",
    "secret": "x" * 43,
    "token": "x" * 22,
}


def all_views(resolver=None, prefix=""):
    """Yield each view's full name and its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from all_views(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern


VIEWS = dict(all_views())


def address_of(name):
    """Return an address that leads to the view."""
    wanted = VIEWS[name].pattern.regex.groupindex or VIEWS[name].pattern.converters
    return reverse(name, kwargs={key: ARGUMENTS[key] for key in wanted})


def test_each_view_is_in_exactly_one_list():
    assert set(VIEWS) == PUBLIC | OWN_ACCOUNT | set(RULES)
    assert PUBLIC.isdisjoint(RULES)


def test_each_view_declares_the_rule_written_here():
    declared = {
        name: pattern.callback.allowed_roles
        for name, pattern in VIEWS.items()
        if hasattr(pattern.callback, "allowed_roles")
    }

    assert declared == RULES


def test_only_the_public_views_need_no_log_in():
    open_views = {
        name
        for name, pattern in VIEWS.items()
        if getattr(pattern.callback, "login_required", True) is False
    }

    assert open_views == PUBLIC


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(OWN_ACCOUNT | set(RULES)))
def test_a_stranger_is_sent_to_the_log_in(db, client, name, method):
    answer = getattr(client, method)(address_of(name))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(RULES))
def test_a_role_gets_what_its_rule_says(signed_in, name, role):
    browser = signed_in(role)

    statuses = {
        browser.get(address_of(name)).status_code,
        browser.post(address_of(name)).status_code,
    }

    if role in RULES[name]:
        assert 403 not in statuses
    else:
        # 405: the view answers the other method, and refuses this one before it looks at the role
        assert statuses <= {403, 405}
        assert 403 in statuses


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_page_answers_a_stranger(db, client, name):
    assert client.get(address_of(name)).status_code in {200, 302, 404, 405}
