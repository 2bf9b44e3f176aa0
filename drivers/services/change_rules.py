"""Change what the business wants of the drivers' day."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from drivers.models import DriverRules
from portal.accounts.models import User
from portal.audit.services.record import record


@transaction.atomic
def change_rules(*, changes: Mapping[str, Any], by: User) -> DriverRules:
    """Keep these choices; what changed is audited."""
    rules = DriverRules.objects.select_for_update().first() or DriverRules(pk=1)
    old = model_to_dict(rules)
    for name, value in changes.items():
        setattr(rules, name, value)
    rules.save()
    new = model_to_dict(rules)
    changed = [name for name in new if new[name] != old[name]]
    if changed:
        record(
            by=by,
            what="rules for drivers changed",
            target=rules,
            old={name: old[name] for name in changed},
            new={name: new[name] for name in changed},
        )
    return rules
