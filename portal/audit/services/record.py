"""Write one line of the audit trail."""

from typing import Any

import structlog
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from portal.audit.models import AuditRow


def record(
    *,
    by: AbstractBaseUser | None,
    what: str,
    target: models.Model,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
) -> AuditRow:
    """Add a row in the caller's transaction: the act and its record exist together or not at all.

    :param by: who did it; ``None`` for the portal itself.
    :param old: the values before, of those that changed. Never secrets.
    """
    return AuditRow.objects.create(
        by_id=by.pk if by else None,
        what=what,
        target_type=target._meta.label_lower,
        target_id=str(getattr(target, "uuid", target.pk)),
        old=old or {},
        new=new or {},
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )


def record_changes(
    *, by: AbstractBaseUser | None, what: str, target: models.Model, changes: dict[str, Any]
) -> bool:
    """Set the new values on ``target``, and record those that differ from the old ones.

    Returns whether anything differed. The caller saves.
    """
    old = {name: getattr(target, name) for name in changes}
    changed = [name for name, value in changes.items() if old[name] != value]
    for name in changed:
        setattr(target, name, changes[name])
    if changed:
        record(
            by=by,
            what=what,
            target=target,
            old={name: old[name] for name in changed},
            new={name: changes[name] for name in changed},
        )
    return bool(changed)
