import pytest
from django.db import connection

from accounts.models import Notice
from accounts.tests.factories import make_enterprise, make_officer
from applications.models import RenewalEligibility
from applications.services.eligibility import set_eligible, withdraw_eligible
from applications.tests.titles import make_eligible, make_title, province_officer
from portal.tools.errors import NotPermitted, Refused

pytestmark = pytest.mark.django_db


def withdraw(title, reason="未按期完成年度信息更新", user=None):
    user = user or province_officer(title.enterprise)
    return withdraw_eligible(user=user, enterprise_id=title.enterprise_id, tier=title.tier, reason=reason)


def notices(title, word):
    return Notice.objects.filter(recipient=title.enterprise.account, key__contains=f"-{word}").order_by("channel")


def test_the_province_sets_it_and_the_enterprise_gets_a_message_and_an_sms():
    title = make_title()
    row = make_eligible(title, note="第一批")
    assert (row.enterprise, row.tier, row.authority.code, row.note) == (title.enterprise, "innovative", "320000", "第一批")
    assert row.granted_by.authority == row.authority
    message, sms = notices(title, "granted")
    assert (message.channel, sms.channel) == ("message", "sms")
    assert "【满足复核条件】（创新型中小企业）" in message.body
    assert message.link == "/enterprise/renewals/"


def test_setting_it_twice_gives_the_same_row_and_one_message():
    title = make_title()
    assert make_eligible(title) == make_eligible(title)
    assert RenewalEligibility.objects.count() == 1
    assert notices(title, "granted").count() == 2


def test_withdrawing_keeps_the_row_with_who_and_why_and_tells_the_enterprise():
    title = make_title()
    granted = make_eligible(title)
    row = withdraw(title)
    assert row.pk == granted.pk
    assert row.withdrawn_reason == "未按期完成年度信息更新"
    assert row.withdrawn_by.authority.code == "320000"
    message, sms = notices(title, "withdrawn")
    assert "原因：未按期完成年度信息更新" in message.body
    assert "010-32000000" in sms.body


def test_withdrawing_twice_keeps_the_first_reason_and_what_was_never_set_stays_unset():
    title = make_title()
    assert withdraw(title) is None
    make_eligible(title)
    withdraw(title, "第一个原因")
    assert withdraw(title, "第二个原因").withdrawn_reason == "第一个原因"
    assert notices(title, "withdrawn").count() == 2


def test_after_a_withdrawal_it_can_be_set_again_with_a_row_of_its_own():
    title = make_title()
    make_eligible(title)
    withdraw(title)
    make_eligible(title)
    assert RenewalEligibility.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert RenewalEligibility.objects.count() == 2


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("500000", "manager"), ("320100", "manager"), ("000000", "manager"), ("320000", "viewer"),
    ],
)  # fmt: skip
def test_nobody_but_the_deciding_officers_of_its_own_province_may_set_or_withdraw_it(code, role):
    title = make_title()
    officer = make_officer(code, role)
    with pytest.raises(NotPermitted):
        set_eligible(user=officer, enterprise_id=title.enterprise_id, tier="innovative")
    make_eligible(title)
    with pytest.raises(NotPermitted):
        withdraw(title, user=officer)
    assert RenewalEligibility.objects.get().withdrawn_at is None


def test_an_enterprise_may_not_set_it_for_itself():
    title = make_title()
    with pytest.raises(NotPermitted):
        set_eligible(user=title.enterprise.account, enterprise_id=title.enterprise_id, tier="innovative")


def test_an_enterprise_that_does_not_exist_is_refused_like_one_of_another_province():
    with pytest.raises(NotPermitted):
        set_eligible(user=make_officer("320000", "manager"), enterprise_id=0, tier="innovative")


def test_a_tier_in_which_it_never_held_a_title_is_refused_with_the_name():
    enterprise = make_enterprise("测试从未认定有限公司")
    with pytest.raises(Refused) as refusal:
        set_eligible(user=province_officer(enterprise), enterprise_id=enterprise.pk, tier="specialized")
    assert "没有“测试从未认定有限公司”被认定为专精特新中小企业的记录" in refusal.value.message


@pytest.mark.parametrize(("tier", "note"), [("gold", ""), ("innovative", "长" * 201)])
def test_an_unknown_tier_and_a_long_note_are_refused_in_a_sentence(tier, note):
    title = make_title()
    with pytest.raises(Refused) as refusal:
        set_eligible(user=province_officer(title.enterprise), enterprise_id=title.enterprise_id, tier=tier, note=note)
    assert refusal.value.status == 422


def test_a_withdrawal_needs_a_reason():
    title = make_title()
    make_eligible(title)
    with pytest.raises(Refused) as refusal:
        withdraw(title, "  ")
    assert "撤销原因：未填写" in refusal.value.message


def test_the_database_holds_one_setting_at_a_time():
    title = make_title()
    row = make_eligible(title)
    with connection.cursor() as cursor, pytest.raises(Exception, match="eligibility_one_at_a_time"):
        cursor.execute(
            "INSERT INTO applications_renewaleligibility (enterprise_id, tier, authority_id, granted_by_id, granted_at,"
            " note, withdrawn_reason) VALUES (%s, %s, %s, %s, now(), '', '')",
            [row.enterprise_id, row.tier, row.authority_id, row.granted_by_id],
        )
