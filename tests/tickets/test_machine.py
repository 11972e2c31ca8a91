"""Whatever can happen to a sale, in any order, beside a plain model of it: after each deed they agree."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.tickets.machine.deeds import Deeds
from tests.tickets.machine.doors import Doors

from aqyn.tickets.models import Hold

pytestmark = pytest.mark.django_db


def test_whatever_happens_each_place_and_each_tiyn_is_accounted_for(make_show):
    class Evening(Deeds, Doors):
        show = make_show()

    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            derandomize=True,
            database=None,
            deadline=None,
            # To make a failure smaller takes minutes: what is told is long, and soon there.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not Hold.objects.exists()
