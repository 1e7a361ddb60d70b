"""Who may open, change and close officers' accounts, and what nobody may do."""
import pytest

from accounts.enums import OfficerRole
from accounts.models import Authority, User
from accounts.queries.officers import jurisdiction, manageable_authorities, manageable_officers
from accounts.services.authorities import set_telephone
from accounts.services.officers import create_officer, set_officer_active, update_officer
from accounts.tests.factories import (
    PASSWORD,
    make_enterprise,
    make_natural_person,
    make_officer,
    make_operator,
)
from portal.tools.errors import Invalid, NotPermitted

pytestmark = pytest.mark.django_db
CODES = ("000000", "320000", "320100", "320500", "320102", "320508", "500103")


def authority(code):
    return Authority.objects.get(code=code)


def open_account(actor, code="320100", **values):
    given = {"role": OfficerRole.REVIEWER, "login_name": "new-officer", "password": PASSWORD, "person_name": "王五"}
    return create_officer(actor=actor, authority=authority(code), **given | values)


def may(action):
    try:
        action()
    except NotPermitted:
        return False
    return True


#: The authorities whose officers each account manages; every other pair is refused.
MATRIX = [
    ("operator", lambda: make_operator(), set(CODES)),
    ("ministry manager", lambda: make_officer("000000", "manager"), {"000000", "320000"}),
    ("province manager", lambda: make_officer("320000", "manager"), {"320000", "320100", "320500"}),
    ("city manager", lambda: make_officer("320100", "manager"), {"320100", "320102"}),
    ("county manager", lambda: make_officer("320102", "manager"), {"320102"}),
    ("province reviewer", lambda: make_officer("320000", "reviewer"), set()),
    ("province viewer", lambda: make_officer("320000", "viewer"), set()),
    ("enterprise", lambda: make_enterprise().account, set()),
    ("natural person", make_natural_person, set()),
    ("manager out of use", lambda: make_officer("320000", "manager", is_active=False), set()),
]


@pytest.mark.parametrize(("make", "scope"), [row[1:] for row in MATRIX], ids=[row[0] for row in MATRIX])
def test_the_scope_is_the_own_authority_and_the_next_level_for_managers_only(make, scope):
    targets = {code: make_officer(code) for code in CODES}
    actor = make()
    created = {code for code in CODES if may(lambda code=code: open_account(actor, code, login_name=f"new-{code}"))}
    changed = {
        code for code, officer in targets.items()
        if may(lambda officer=officer: update_officer(actor=actor, officer=officer, person_name="改名"))
    }
    closed = {
        code for code, officer in targets.items()
        if may(lambda officer=officer: set_officer_active(actor=actor, officer=officer, active=False))
    }
    assert created == changed == closed == scope
    assert set(User.objects.filter(is_active=False, pk__in=[o.pk for o in targets.values()]).values_list(
        "authority__code", flat=True
    )) == scope
    if actor.kind == "officer":
        assert set(manageable_authorities(actor).filter(code__in=CODES).values_list("code", flat=True)) == scope
        assert {officer.authority.code for officer in manageable_officers(actor)} == scope


def test_an_officer_cannot_be_moved_out_of_the_managers_scope():
    actor, officer = make_officer("320100", "manager"), make_officer("320102")
    with pytest.raises(NotPermitted):
        update_officer(actor=actor, officer=officer, authority=authority("320000"))
    with pytest.raises(NotPermitted):
        update_officer(actor=actor, officer=officer, authority=authority("320508"))
    moved = update_officer(actor=actor, officer=officer, authority=authority("320100"), role=OfficerRole.MANAGER)
    moved.refresh_from_db()
    assert (moved.authority.code, moved.role) == ("320100", "manager")


@pytest.mark.parametrize("values", [{"role": "viewer"}, {"password": "Another-pass-2026"}])
def test_nobody_changes_the_own_role_or_password_here(values):
    actor = make_officer("320000", "manager")
    with pytest.raises(NotPermitted):
        update_officer(actor=actor, officer=actor, **values)
    with pytest.raises(NotPermitted):
        update_officer(actor=actor, officer=actor, authority=authority("320100"))
    with pytest.raises(NotPermitted):
        set_officer_active(actor=actor, officer=actor, active=False)
    actor.refresh_from_db()
    assert (actor.role, actor.is_active, actor.check_password(PASSWORD)) == ("manager", True, True)
    update_officer(actor=actor, officer=actor, person_name="新姓名", mobile="13900000001")
    actor.refresh_from_db()
    assert (actor.person_name, actor.mobile) == ("新姓名", "13900000001")


@pytest.mark.parametrize("make", [make_operator, make_natural_person, lambda: make_enterprise().account])
def test_accounts_that_are_not_officers_are_out_of_reach_even_for_operators(make):
    account, operator = make(), make_operator()
    with pytest.raises(NotPermitted):
        update_officer(actor=operator, officer=account, person_name="x")
    with pytest.raises(NotPermitted):
        set_officer_active(actor=operator, officer=account, active=False)


def test_a_new_account_is_an_officer_and_nothing_more():
    officer = open_account(make_officer("320000", "manager"), mobile="13800001111")
    officer.refresh_from_db()
    assert (officer.kind, officer.authority.code, officer.role) == ("officer", "320100", "reviewer")
    assert (officer.is_superuser, officer.is_active, officer.uscc) == (False, True, None)
    assert officer.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"login_name": "9abc"}, "登录名为 4 至 40 位"),
        ({"login_name": "带中文"}, "登录名为 4 至 40 位"),
        ({"password": "1234567890"}, "密码"),
        ({"password": "password1234"}, "容易被猜中"),
        ({"password": "short"}, "至少需要 10 个字符"),
        ({"password": "new-officer"}, "登录名"),
        ({"mobile": "12345"}, "手机号应为 11 位数字"),
        ({"role": "emperor"}, "emperor"),
        ({"login_name": "Taken-Name"}, "“Taken-Name”已被使用"),
    ],
)
def test_values_that_break_a_rule_are_refused_with_the_rule(values, sentence):
    make_officer(login_name="taken-name")
    actor = make_officer("320000", "manager")
    before = User.objects.count()
    with pytest.raises(Invalid) as refusal:
        open_account(actor, **values)
    assert sentence in refusal.value.message
    assert User.objects.count() == before


def test_a_new_password_and_going_out_of_use_end_the_sessions(client):
    actor, officer = make_officer("320000", "manager"), make_officer("320100")
    client.force_login(officer)
    assert client.get("/admin/").status_code == 200
    update_officer(actor=actor, officer=officer, password="Another-pass-2026")
    assert client.get("/admin/").status_code == 302
    officer.refresh_from_db()
    client.force_login(officer)
    assert client.get("/admin/").status_code == 200
    set_officer_active(actor=actor, officer=officer, active=False)
    assert client.get("/admin/").status_code == 302


def test_a_telephone_is_changed_by_managers_of_that_authority_and_operators_only():
    allowed = {
        name: may(lambda make=make: set_telephone(actor=make(), authority=authority("320100"), telephone="025-1"))
        for name, make in {
            "own manager": lambda: make_officer("320100", "manager"),
            "operator": make_operator,
            "own reviewer": lambda: make_officer("320100", "reviewer"),
            "manager above": lambda: make_officer("320000", "manager"),
            "manager beside": lambda: make_officer("320500", "manager"),
            "enterprise": lambda: make_enterprise().account,
        }.items()
        if make_officer("320100")
    }
    assert [name for name, yes in allowed.items() if yes] == ["own manager", "operator"]
    assert authority("320100").telephone == "025-1"


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("000000", set(CODES)),
        ("320000", {"320000", "320100", "320500", "320102", "320508"}),
        ("320100", {"320100", "320102"}),
        ("320102", {"320102"}),
    ],
)
def test_an_officer_of_any_role_sees_the_tree_from_the_own_authority_down(code, seen):
    officer = make_officer(code, "viewer")
    assert set(jurisdiction(officer).filter(code__in=CODES).values_list("code", flat=True)) == seen
    assert not jurisdiction(make_enterprise().account).exists()
