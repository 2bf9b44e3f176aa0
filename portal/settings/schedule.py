"""What runs by the clock, and how often."""


def beat_schedule(*, poll_seconds: float) -> dict[str, dict[str, object]]:
    """Return Celery's schedule. What was not begun when it is due again has expired."""
    every: dict[str, tuple[str, float]] = {
        "core-forget-old-changes": ("portal.core.tasks.forget_old_changes", 600.0),
        "odoo-poll": ("odoo_bridge.tasks.poll_odoo", poll_seconds),
        "odoo-reconcile": ("odoo_bridge.tasks.reconcile_odoo", 60.0),
        "odoo-refresh": ("odoo_bridge.tasks.refresh_odoo", 1.2),
        "odoo-drain": ("odoo_bridge.tasks.drain_outbox", 5.0),
        "office-watch": ("portal.office.tasks.watch_troubles", 60.0),
        "crm-understand": ("crm_intake.tasks.understand_deliveries", 5.0),
        "crm-fetch-attachments": ("crm_intake.tasks.fetch_attachments", 30.0),
        "crm-ask-sources": ("crm_intake.tasks.ask_sources", 600.0),
        "crm-heed-odoo-blacklist": ("crm_intake.tasks.heed_odoo_blacklist", 60.0),
        "crm-send-texts": ("crm_intake.tasks.send_texts", 5.0),
        "scheduling-find-trucks": ("scheduling.tasks.find_trucks", 60.0),
        "scheduling-find-places": ("scheduling.tasks.find_places", 60.0),
        "scheduling-check-runs": ("scheduling.tasks.check_runs", 60.0),
        "scheduling-find-jobs": ("scheduling.tasks.find_jobs", 60.0),
        "scheduling-make-days-ready": ("scheduling.tasks.make_days_ready", 60.0),
        "drivers-text-links": ("drivers.tasks.text_links", 30.0),
        "drivers-tell-evening": ("drivers.tasks.tell_the_evening", 300.0),
        "drivers-forget-positions": ("drivers.tasks.forget_old_positions", 3600.0),
    }
    return {
        name: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
        for name, (task, seconds) in every.items()
    }
