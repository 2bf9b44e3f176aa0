"""A stop that the office takes away just before somebody acts at it."""

import pytest

from scheduling.errors import StopGone
from scheduling.services.lock_stop import lock_stop

pytestmark = pytest.mark.django_db


def test_a_stop_that_is_gone_is_said_so():
    with pytest.raises(StopGone, match="off its run"):
        lock_stop(stop_id=4711)
