"""变更记录 in the admin: who changed what, in words, without personal data."""
import pytest

from accounts.services.authorities import set_telephone
from accounts.services.officers import update_officer
from accounts.tests.factories import make_enterprise, make_officer, make_operator

pytestmark = pytest.mark.django_db


def entries(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.status_code
    return page.context["entries"]


def test_the_changes_of_an_authority_are_told_field_by_field_newest_first(client):
    manager = make_officer("320100", "manager", login_name="manager-nanjing")
    set_telephone(actor=manager, authority=manager.authority, telephone="025-11112222")
    client.force_login(manager)
    address = f"/admin/accounts/authority/{manager.authority_id}/history/"
    newest, oldest = entries(client, address)
    assert newest.changes == [("咨询电话", "010-32010000", "025-11112222")]
    assert newest.kind == "修改"
    assert oldest.kind == "新建"
    assert ("上级", "（空）", "江苏省中小企业主管部门") in oldest.changes
    page = client.get(address).content.decode()
    assert "原值 → 新值" in page
    assert "变更记录" in page


def test_it_names_who_did_it(client):
    operator = make_operator(login_name="operator-a")
    authority = make_officer("320100").authority
    client.force_login(operator)
    client.post(f"/admin/accounts/authority/{authority.pk}/change/", {"telephone": "025-33334444"})
    newest = entries(client, f"/admin/accounts/authority/{authority.pk}/history/")[0]
    assert newest.who == "运维（operator-a）"


def test_an_officers_changes_show_authority_and_role_in_words_and_never_a_mobile(client):
    officer = make_officer("320102", "viewer")
    manager = make_officer("320100", "manager")
    update_officer(actor=manager, officer=officer, role="reviewer", mobile="13911112222")
    client.force_login(manager)
    address = f"/admin/accounts/user/{officer.pk}/history/"
    assert ("角色", "查阅", "审核") in [change for entry in entries(client, address) for change in entry.changes]
    text = client.get(address).content.decode()
    assert "13911112222" not in text
    assert "13800000000" not in text


def test_personal_values_of_an_enterprise_are_masked_and_its_changes_open_to_its_authorities_alone(client):
    enterprise = make_enterprise(name="南京云图软件有限公司")
    enterprise.contact_mobile, enterprise.contact_email = "13922223333", "other@example.com"
    enterprise.address = "科技路 2 号"
    enterprise.save()
    address = f"/admin/accounts/enterprise/{enterprise.pk}/history/"
    client.force_login(make_officer("320100", "viewer"))
    changes = {label: (old, new) for label, old, new in entries(client, address)[0].changes}
    assert changes["通讯地址"] == ("科技路 1 号", "科技路 2 号")
    assert changes["联系人手机"] == ("138****0000", "139****3333")
    text = client.get(address).content.decode()
    for secret in ("13922223333", "other@example.com"):
        assert secret not in text
    client.force_login(make_officer("320500", "manager"))
    assert client.get(address).status_code == 404
    client.force_login(enterprise.account)
    assert client.get(address).status_code in (302, 403)


def test_a_row_that_is_not_there_and_a_post_are_refused(client):
    authority = make_officer("320100").authority
    client.force_login(make_operator())
    assert client.get("/admin/accounts/authority/999999/history/").status_code == 404
    assert client.post(f"/admin/accounts/authority/{authority.pk}/history/").status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_change_and_for_three(client, count, django_assert_num_queries):
    manager = make_officer("320100", "manager")
    for number in range(count):
        set_telephone(actor=manager, authority=manager.authority, telephone=f"025-1111222{number}")
    client.force_login(manager)
    # session, account, authority; the row, its history, the names of authorities; then the session is saved (3)
    with django_assert_num_queries(9):
        found = entries(client, f"/admin/accounts/authority/{manager.authority_id}/history/")
    assert len(found) == count + 1
