"""Saving 企业基本情况, two windows at once, and 【实名信息同步】."""
import pytest

from accounts.forms.enterprise import EnterpriseForm
from accounts.models import Enterprise, Industry
from accounts.queries import enterprise_of
from accounts.services import enterprises
from accounts.services.enterprises import register_title_check, save_enterprise, sync_verified_name
from accounts.tests.factories import make_authority_tree, make_enterprise, make_legal_person, make_natural_person
from accounts.tests.test_enterprise_form import FILLED
from portal.tools.errors import NotPermitted, Refused, StaleVersion

pytestmark = pytest.mark.django_db


def values(**changes):
    make_authority_tree()
    form = EnterpriseForm(FILLED | changes)
    assert form.is_valid()
    return form.cleaned_data


@pytest.fixture
def recognised(monkeypatch):
    """Let every enterprise hold a title."""
    monkeypatch.setattr(enterprises, "_title_checks", [])
    register_title_check(lambda enterprise: True)


def test_the_first_save_takes_name_and_code_from_the_verified_account_and_computes_the_size():
    user = make_legal_person(name="测试首存有限公司")
    saved = save_enterprise(user=user, cleaned=values() | {"name": "别的名称", "uscc": "X"}, seen_version=0)
    stored = Enterprise.objects.get(account=user)
    assert (stored.name, stored.uscc) == ("测试首存有限公司", user.uscc)
    assert (stored.size_class, stored.version, stored.is_complete) == ("small", 1, True)
    assert (stored.registered_region_id, stored.industry_id, stored.product) == ("320102", "3511", "矿山开采成套控制系统")
    assert saved == stored


def test_a_later_save_changes_the_record_counts_the_version_and_keeps_the_time_of_completion():
    enterprise = make_enterprise()
    saved = save_enterprise(user=enterprise.account, cleaned=values(employees="300"), seen_version=1)
    assert (saved.version, saved.employees, saved.size_class) == (2, 300, "medium")
    assert saved.completed_at == enterprise.completed_at
    assert saved.name == enterprise.name


def test_completing_an_incomplete_record_marks_it_complete():
    enterprise = make_enterprise(complete=False)
    assert save_enterprise(user=enterprise.account, cleaned=values(), seen_version=1).is_complete


def test_the_second_of_two_windows_is_told_and_nothing_is_written():
    enterprise = make_enterprise()
    save_enterprise(user=enterprise.account, cleaned=values(address="甲路 1 号"), seen_version=1)
    with pytest.raises(StaleVersion) as caught:
        save_enterprise(user=enterprise.account, cleaned=values(address="乙路 2 号"), seen_version=1)
    assert caught.value.status == 409
    assert caught.value.current.address == "甲路 1 号"
    enterprise.refresh_from_db()
    assert (enterprise.address, enterprise.version) == ("甲路 1 号", 2)


def test_two_first_saves_make_one_record():
    user = make_legal_person()
    save_enterprise(user=user, cleaned=values(), seen_version=0)
    with pytest.raises(StaleVersion):
        save_enterprise(user=user, cleaned=values(), seen_version=0)
    assert Enterprise.objects.filter(account=user).count() == 1


@pytest.mark.parametrize("make", [lambda: make_legal_person(verified=False), make_natural_person])
def test_an_account_without_real_name_verification_cannot_save(make):
    user = make()
    with pytest.raises(NotPermitted) as caught:
        save_enterprise(user=user, cleaned=values(), seen_version=0)
    assert caught.value.message.startswith("企业名称：您的账户尚未通过实名认证")
    assert not Enterprise.objects.exists()


@pytest.mark.usefixtures("recognised")
def test_a_recognised_enterprise_cannot_edit_here_and_is_told_where():
    enterprise = make_enterprise()
    with pytest.raises(Refused) as caught:
        save_enterprise(user=enterprise.account, cleaned=values(address="新址"), seen_version=1)
    assert "【企业信息更新】" in caught.value.message
    enterprise.refresh_from_db()
    assert enterprise.address == "科技路 1 号"


@pytest.mark.usefixtures("recognised")
def test_an_enterprise_recognised_elsewhere_may_still_complete_its_record():
    enterprise = make_enterprise(complete=False)
    assert save_enterprise(user=enterprise.account, cleaned=values(), seen_version=1).is_complete


def test_synchronising_takes_the_verified_name():
    enterprise = make_enterprise(name="测试旧名有限公司")
    enterprise.account.verified_name = "测试新名有限公司"
    enterprise.account.save()
    synced = sync_verified_name(user=enterprise.account, has_title=False)
    assert (synced.name, synced.version) == ("测试新名有限公司", 2)
    assert sync_verified_name(user=enterprise.account, has_title=False).version == 2, "nothing to change"


def test_synchronising_before_the_first_save_creates_nothing():
    assert sync_verified_name(user=make_legal_person(), has_title=False) is None
    assert not Enterprise.objects.exists()


def test_synchronising_a_recognised_enterprise_points_to_the_rename():
    enterprise = make_enterprise(name="测试旧名有限公司")
    enterprise.account.verified_name = "测试新名有限公司"
    enterprise.account.save()
    with pytest.raises(Refused) as caught:
        sync_verified_name(user=enterprise.account, has_title=True)
    assert caught.value.message == (
        "企业名称：“测试旧名有限公司”已获得称号，不能通过【实名信息同步】修改名称。"
        "请到【企业信息管理】-【名称变更申请】提交优质中小企业简单更名申请表，审核通过后自动更名。"
    )
    enterprise.refresh_from_db()
    assert enterprise.name == "测试旧名有限公司"


def test_the_enterprise_of_a_user_comes_with_region_and_industry_in_one_read(django_assert_num_queries):
    enterprise = make_enterprise()
    with django_assert_num_queries(1):
        found = enterprise_of(enterprise.account)
        assert found.registered_region.full_name == "江苏省南京市玄武区"
        assert found.industry.parent.parent.parent.name == "制造业"
    assert enterprise_of(make_legal_person()) is None


def test_an_industry_outside_the_standard_is_saved_without_a_size_class():
    user, cleaned = make_legal_person(), values()
    cleaned["industry"] = Industry.objects.create(
        code="6610", name="中央银行服务", level=4, parent_id="351", section="J"
    )
    assert save_enterprise(user=user, cleaned=cleaned, seen_version=0).size_class == ""
