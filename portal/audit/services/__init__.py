"""The audit trail's one write."""
