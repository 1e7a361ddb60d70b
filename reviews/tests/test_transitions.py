"""Who may do what to a filing in which state: the whole product state × action × role."""
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from accounts.tests.factories import make_enterprise, make_natural_person, make_officer, make_operator
from portal.env import BASE_DIR
from portal.tools.errors import NotPermitted, Refused, WrongState
from reviews.enums import Action, State
from reviews.models import Filing
from reviews.services import filings
from reviews.services.transition import apply_transition
from reviews.state_table import render_state_table
from reviews.tests.factories import make_filing

pytestmark = [pytest.mark.django_db, pytest.mark.core]

CITY_DESK = {"city reviewer", "city manager"}
PROVINCE_DESK = {"province reviewer", "province manager"}
PROVINCE_PUBLISHER = {"province manager"}
MINISTRY_PUBLISHER = {"ministry manager"}
OVERSEERS = {"province manager", "ministry manager"}

#: (kind, place) -> action -> (roles that may, state afterwards). A place is a state, in review with its step.
#: What is not named here is refused for everybody.
ALLOWED = {
    ("test_application", "draft"): {"submit": ({"owner"}, "in_review")},
    ("test_application", "in_review 1"): {
        "reroute": (OVERSEERS, "in_review"),
        "approve": (CITY_DESK, "in_review"),
        "return": (CITY_DESK, "returned"),
        "reject": (CITY_DESK, "rejected"),
    },
    ("test_application", "in_review 2"): {
        "reroute": (OVERSEERS, "in_review"),
        "approve": (PROVINCE_DESK, "approved"),
        "return": (PROVINCE_DESK, "returned"),
        "reject": (PROVINCE_DESK, "rejected"),
    },
    ("test_application", "returned"): {"submit": ({"owner"}, "in_review")},
    ("test_application", "approved"): {"publicise": (PROVINCE_PUBLISHER, "publicised")},
    ("test_application", "publicised"): {
        "take_out": (PROVINCE_PUBLISHER, "rejected"),
        "recognise": (PROVINCE_PUBLISHER, "recognised"),
    },
    ("test_application", "recognised"): {},
    ("test_application", "rejected"): {},
    # The enterprise may take an update back; it is not publicised.
    ("test_update", "in_review 1"): {
        "reroute": (OVERSEERS, "in_review"),
        "approve": (CITY_DESK, "approved"),
        "return": (CITY_DESK, "returned"),
        "reject": (CITY_DESK, "rejected"),
        "withdraw": ({"owner"}, "withdrawn"),
    },
    ("test_update", "approved"): {},
    ("test_update", "withdrawn"): {},
    # 小巨人: the province may return at any step, the ministry publishes.
    ("test_giant", "in_review 1"): {
        "reroute": (OVERSEERS, "in_review"),
        "approve": (CITY_DESK, "in_review"),
        "return": (CITY_DESK | PROVINCE_DESK, "returned"),
        "reject": (CITY_DESK, "rejected"),
    },
    ("test_giant", "in_review 3"): {
        "reroute": (OVERSEERS, "in_review"),
        "approve": ({"ministry reviewer", "ministry manager"}, "approved"),
        "return": ({"ministry reviewer", "ministry manager"} | PROVINCE_DESK, "returned"),
        "reject": ({"ministry reviewer", "ministry manager"}, "rejected"),
    },
    ("test_giant", "approved"): {"publicise": (MINISTRY_PUBLISHER, "publicised")},
    ("test_giant", "publicised"): {
        "take_out": (MINISTRY_PUBLISHER, "rejected"),
        "recognise": (MINISTRY_PUBLISHER, "recognised"),
    },
}


@pytest.fixture
def people():
    """Return {role: user} of everybody who might try; the owner is added for each filing."""
    made = {
        "anonymous": AnonymousUser(),
        "natural person": make_natural_person(),
        "other enterprise": make_enterprise().account,
        "operator": make_operator(),
        "officer of another city": make_officer("320500", "manager"),
        "officer of another province": make_officer("500000", "manager"),
        "county officer": make_officer("320102", "manager"),
    }
    for name, code in (("city", "320100"), ("province", "320000"), ("ministry", "000000")):
        for role in ("viewer", "reviewer", "manager"):
            made[f"{name} {role}"] = make_officer(code, role)
    leaver = make_officer("320100", "manager", is_active=False)
    return made | {"officer who has left": leaver}


@pytest.mark.parametrize(("kind", "place"), ALLOWED)
def test_each_action_is_open_to_exactly_the_people_of_the_table(kind, place, people):
    state, _, step = place.partition(" ")
    filing = make_filing(kind=kind, state=State(state), step=int(step or 1))
    people["owner"] = filing.enterprise.account
    for action in Action.values:
        allowed, to_state = ALLOWED[kind, place].get(action, (set(), None))
        for role, user in people.items():
            before = Filing.objects.filter(pk=filing.pk).values().get()
            with transaction.atomic():
                if role in allowed:
                    done = _do(filing, action, user)
                    assert done.state == to_state, f"{role} {action} {place}"
                    assert done.version == before["version"] + 1
                    transaction.set_rollback(True)
                    continue
                with pytest.raises((NotPermitted, WrongState)):
                    _do(filing, action, user)
            assert Filing.objects.filter(pk=filing.pk).values().get() == before, f"{role} {action} {place} left a trace"


def _do(filing, action, user):
    if action == Action.SUBMIT and user == filing.enterprise.account:
        return filings.submit(filing_id=filing.pk, user=user, seen_version=filing.version)
    return apply_transition(
        filing_id=filing.pk, action=action, user=user, seen_version=filing.version, comment="理由"
    )


def test_every_state_is_in_the_product():
    places = {place.partition(" ")[0] for _, place in ALLOWED}
    assert places == set(State.values)


@pytest.mark.parametrize("action", ["return", "reject"])
def test_a_refusal_without_a_comment_is_not_accepted(action):
    filing = make_filing(state=State.IN_REVIEW)
    officer = make_officer("320100")
    with pytest.raises(Refused) as refused:
        apply_transition(filing_id=filing.pk, action=action, user=officer, seen_version=filing.version, comment="  ")
    assert refused.value.status == 422
    assert "须填写意见" in refused.value.message
    filing.refresh_from_db()
    assert filing.state == State.IN_REVIEW


def test_the_document_of_states_is_the_table():
    assert (BASE_DIR / "docs" / "states.md").read_text() == render_state_table()
