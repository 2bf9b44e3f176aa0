"""The portal as it runs, for as long as something is measured."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from portal.local.ports import HOST, free_port
from portal.testing.real_odoo import ProvisionedOdoo
from portal.testing.running import RunningPortal, within
from portal.testing.static import collect_static

FIRST_LOAD = 300  # seconds


@contextlib.contextmanager
def running_portal(*names: str, **env: str) -> Iterator[RunningPortal]:
    """Start these processes on this process's database, or all; end them with the block."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        collect_static(folder / "static")
        own = {"PUBLIC_URL": f"http://{HOST}:{port}", "STATIC_ROOT": str(folder / "static")}
        running = RunningPortal(folder=folder, port=port, env={**own, **env})
        try:
            running.start(*names)
            running.wait_until_ready()
            yield running
        finally:
            running.stop()


@contextlib.contextmanager
def portal_beside(odoo: ProvisionedOdoo, **env: str) -> Iterator[RunningPortal]:
    """Start the whole portal beside an Odoo that knows it, and wait until all is read."""
    from odoo_bridge.models import OdooAccess  # noqa: PLC0415 - Django must be set up

    OdooAccess.objects.create(pk=1, **odoo.access)
    with running_portal(ODOO_URL=odoo.url, ODOO_DB=odoo.database, **env) as portal:
        within(FIRST_LOAD, all_is_read)
        yield portal


def all_is_read() -> bool:
    """Say whether every mirror has been read to its end."""
    from odoo_bridge.models import OdooAccess, PollCursor  # noqa: PLC0415
    from odoo_bridge.sync.specs import specs_for  # noqa: PLC0415

    names = {spec.name for spec in specs_for(modules=OdooAccess.objects.get().installed)}
    return names <= set(
        PollCursor.objects.exclude(finished_at=None).values_list("mirror", flat=True)
    )
