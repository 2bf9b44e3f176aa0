"""The harness sees what is wrong: bugs that are planted turn it red."""

import pytest

from odoo_bridge import breaker
from odoo_bridge.tests.simulation.catching import Catch, catch
from odoo_bridge.tests.simulation.ground import ground
from odoo_bridge.tests.simulation.planting import (
    Code,
    NothingToPlantIn,
    Plant,
    Unscheduled,
    Value,
    planted,
)
from odoo_bridge.tests.simulation.plants import PLANTS

BREAKER = "odoo_bridge.breaker"


@pytest.mark.simulated
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["watermark = now", "order by created_at"])
def test_a_planted_bug_is_caught(name):
    [plant] = [one for one in PLANTS if one.name == name]

    with ground() as here:
        caught = catch(here, plant, seeds=range(40))

    assert caught.seed is not None
    assert "yes" in caught.row


def test_a_bug_that_no_history_shows_is_not_called_caught():
    caught = Catch("harmless", None, 10)

    assert "NO" in caught.row


def test_every_plant_changes_something():
    for plant in PLANTS:
        with planted(plant):
            pass


@pytest.mark.parametrize(
    "change",
    [
        Code(BREAKER, "is_open", (("not in the source", ""),)),
        Code(BREAKER, "no_such_function", ()),
        Value(BREAKER, "OPENS_AFTER", breaker.OPENS_AFTER),
        Unscheduled("no-such-entry"),
    ],
)
def test_a_plant_that_would_change_nothing_fails(change):
    with pytest.raises(NothingToPlantIn), planted(Plant("nothing", (change,))):
        pass


def test_the_code_is_as_before_when_a_plant_is_taken_out():
    before = breaker.may_call
    with planted(next(one for one in PLANTS if "half-opens" in one.name)):
        assert breaker.may_call is not before

    assert breaker.may_call is before
