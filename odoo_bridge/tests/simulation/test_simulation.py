"""A selection of simulated histories; ``make chaos`` plays thousands."""

import pytest

from odoo_bridge.tests.simulation.ground import ground
from odoo_bridge.tests.simulation.play import first_violation, play

pytestmark = [pytest.mark.simulated, pytest.mark.django_db(transaction=True)]
SMOKE = 30


def test_nothing_is_lost_doubled_or_out_of_order_in_a_selection_of_histories():
    with ground() as here:
        found, played, _seconds = first_violation(here, range(SMOKE))

    assert found is None, "\n".join([found.what, *found.told])
    assert played == SMOKE


def test_a_seed_repeats_its_history_step_by_step():
    with ground() as here:
        first = play(here, 11)
        play(here, 12)

        assert play(here, 11) == first
