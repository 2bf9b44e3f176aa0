"""What the tests of the board start from."""

import pytest

from portal.testing.mirrors import PickingFactory
from portal.testing.yard import DriverFactory, JobFactory, TruckFactory


@pytest.fixture
def yard():
    """Two trucks, two drivers, and three jobs for them."""
    trucks = [TruckFactory(vehicle__plate=plate) for plate in ("YARD 01", "YARD 02")]
    names = ("Maria Alvarez", "Dale Conley", "Priya Raman")
    jobs = [
        JobFactory(picking=PickingFactory(order__customer__name=name, order__name=f"S0041{n}"))
        for n, name in enumerate(names)
    ]
    return trucks, DriverFactory.create_batch(2), jobs
