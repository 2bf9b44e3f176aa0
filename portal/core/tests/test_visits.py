"""How often somebody comes to a public page."""

import pytest

from portal.core.visits import comes_too_often

pytestmark = pytest.mark.django_db
A_MINUTE = {"most": 3, "within": 60}


def test_the_visits_of_one_address_to_one_page_are_counted(time_machine):
    time_machine.move_to(1_800_000_000, tick=False)
    first = [comes_too_often("page", "192.0.2.1", **A_MINUTE) for _ in range(5)]
    assert first == [False, False, False, True, True]
    assert not comes_too_often("page", "192.0.2.2", **A_MINUTE)
    assert not comes_too_often("other", "192.0.2.1", **A_MINUTE)

    time_machine.move_to(1_800_000_060, tick=False)
    assert not comes_too_often("page", "192.0.2.1", **A_MINUTE)
