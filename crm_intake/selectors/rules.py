"""What the business has chosen about calls and texts."""

from crm_intake.models import IntakeRules


def intake_rules() -> IntakeRules:
    """Return the choices, or those that stand at first; one query."""
    return IntakeRules.objects.first() or IntakeRules(pk=1)
