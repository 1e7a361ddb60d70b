"""The helper that the other tests stand on reaches every state by the real services."""
import pytest

from reviews.enums import State
from reviews.services.events import verify_chain
from reviews.tests.factories import make_filing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [state for state in State if state != State.WITHDRAWN])
def test_a_filing_can_be_made_in_every_state(state):
    filing = make_filing(state=state, attachments=1)
    assert filing.state == state
    assert verify_chain(filing) == []


def test_a_filing_can_be_made_withdrawn():
    assert make_filing(state=State.WITHDRAWN, kind="test_update").state == State.WITHDRAWN


def test_a_filing_in_review_can_wait_on_a_later_desk():
    assert make_filing(state=State.IN_REVIEW, step=2).desk.code == "320000"
    assert make_filing(state=State.IN_REVIEW, step=3, kind="test_giant").desk.code == "000000"
