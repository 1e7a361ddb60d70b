"""The confirm page of a decision: what happens, what goes out, what is still open."""
import pytest
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.models import Notice
from accounts.tests.factories import make_officer
from reviews.enums import Action, State
from reviews.models import FieldComment, Filing, Snapshot
from reviews.services import decisions, records
from reviews.services.handing_over import hand_over
from reviews.tests.desk import confirm_page, page_of
from reviews.tests.factories import decide, make_filing, officer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing():
    return make_filing(state=State.IN_REVIEW)


@pytest.fixture
def officer(client, filing):
    user = make_officer("320100", OfficerRole.REVIEWER)
    client.force_login(user)
    return user


def comment(filing, user, label="主导产品", visibility="enterprise", field="products"):
    return decisions.add_comment(
        filing_id=filing.pk, user=user, section="basic", field=field, label=label, text=f"{label}不规范",
        visibility=visibility,
    )


def read(client, filing, action, **query):
    return client.get(confirm_page(filing, action, **query)).content.decode()


def test_before_an_approval_the_officer_is_told_that_the_enterprise_will_not_see_his_comments(client, filing, officer):
    assert "确认前请留意" not in read(client, filing, "approve")
    comment(filing, officer)
    page = read(client, filing, "approve")
    assert "您写了 1 处“企业可见”的栏目批注，【通过】后企业看不到" in page
    assert "随件留存的栏目批注" in page
    assert "一并发出的栏目批注" in read(client, filing, "return")


@pytest.mark.parametrize("action", ["return", "reject"])
def test_a_refusal_hands_the_visible_comments_to_the_enterprise_and_says_so(client, filing, officer, action):
    comment(filing, officer)
    comment(filing, officer, "内部事项", "internal")
    page = read(client, filing, action)
    assert "一并发出的栏目批注" in page
    assert "“企业可见”的批注发给企业，“内部”的只供主管部门查看。" in page
    client.post(confirm_page(filing, action), {"seen_version": filing.version, "comment": "请看批注"})
    told = FieldComment.objects.filter(event__action=action)
    assert set(told.values_list("label", "visibility")) == {("主导产品", "enterprise"), ("内部事项", "internal")}


def test_the_reason_of_a_return_can_be_made_of_the_field_comments(client, filing, officer):
    assert "data-insert=" not in read(client, filing, "return")
    for label, field in (("主导产品", "products"), ("企业名称", "name"), ("主导产品", "products")):
        comment(filing, officer, label, field=field)
    comment(filing, officer, "内部事项", "internal")
    reason = "栏目意见 3 处，见各栏目：主导产品、企业名称。请逐项修改后重新提交。"
    page = read(client, filing, "return")
    assert f'data-insert="{reason}"' in page
    assert f"{reason}</textarea>" not in page
    assert f"{reason}</textarea>" in read(client, filing, "return", fill="comments")
    assert "data-insert=" not in read(client, filing, "reject")


def test_warnings_of_the_cross_checks_are_counted(client, filing, officer):
    Filing.objects.filter(pk=filing.pk).update(warnings=3)
    page = read(client, filing, "approve")
    assert "系统核验提示 3 条，请确认已经核对。" in page
    assert f"{page_of(filing)}#cross-checks" in page


def test_an_approval_against_the_verdict_names_the_verdict(client, filing, officer):
    payload = filing.snapshot.payload | {"assessment": {"passes": False, "verdict_shown": "自评得分 51 分，未达到 60 分。"}}
    made = Snapshot.objects.create(
        filing=filing, number=9, round=1, cause="submit", payload=payload, sha256="0" * 64,
        made_by=filing.enterprise.account, made_at=timezone.now(),
    )
    Filing.objects.filter(pk=filing.pk).update(snapshot=made)
    assert "自评结论：自评得分 51 分，未达到 60 分。" in read(client, filing, "approve")
    assert "自评得分 51 分" not in read(client, filing, "return")


def test_a_visit_that_found_something_else_is_recalled_before_an_approval(client, filing, officer):
    records.record_visit(
        user=officer, filing_id=filing.pk, visited_on=timezone.localdate(), people="两名工作人员", result="differs",
        text="厂房已停产。",
    )
    assert "实地抽查的结果是“不一致”" in read(client, filing, "approve")


def test_a_filing_that_a_colleague_handles_says_so(client, filing, officer):
    colleague = make_officer("320100", person_name="李经办")
    hand_over(filing_id=filing.pk, user=officer, seen_version=filing.version, handler_id=colleague.pk)
    assert "这件申报的经办人是李经办，不是您" in read(client, filing, "approve")


def test_comments_that_an_earlier_desk_kept_are_not_taken_for_sent(client, filing, officer):
    comment(filing, officer)
    decide(filing, user=officer)
    province = make_officer("320000")
    client.force_login(province)
    page = read(client, filing, "return")
    assert "通过时留存的 1 处“企业可见”批注不会发给企业" in page
    client.post(confirm_page(filing, "return"), {"seen_version": filing.version, "comment": "请改正"})
    assert not FieldComment.objects.filter(event__action="return").exists()


@pytest.mark.parametrize("step", [1, 3])
def test_the_province_returns_a_giant_from_any_other_desk_and_the_pages_say_so(client, step):
    filing = make_filing(state=State.IN_REVIEW, kind="test_giant", step=step)
    desk = filing.desk
    client.force_login(make_officer("320000", OfficerRole.REVIEWER))
    page = client.get(page_of(filing)).content.decode()
    assert f"{filing.pk}/decide/return/" in page
    assert f"{filing.pk}/decide/approve/" not in page
    assert f"这件申报目前由{desk.name}审核。" in page
    assert "在任一环节都可以【退回】。" in page
    confirm = read(client, filing, "return")
    assert f"退回后它不再出现在{desk.name}的待审列表中。" in confirm
    client.post(confirm_page(filing, "return"), {"seen_version": filing.version, "comment": "省里退回。"})
    filing.refresh_from_db()
    event = filing.events.order_by("-sequence").first()
    assert (filing.state, filing.desk, event.party, event.action) == (
        State.RETURNED, None, "origin_province", Action.RETURN,
    )
    assert "江苏省" in Notice.objects.get(title="申报被退回，请修改", channel="message").body


@pytest.mark.parametrize("code", ["320100", "320000"])
def test_what_lies_at_the_ministry_is_not_returned_by_a_city_or_for_another_kind(client, code):
    filing = make_filing(state=State.IN_REVIEW, kind="test_giant", step=3)
    other = make_filing(state=State.IN_REVIEW, step=1)
    client.force_login(make_officer(code))
    target = filing if code == "320100" else other
    assert f"{target.pk}/decide/return/" not in client.get(page_of(target)).content.decode()
    assert client.post(
        confirm_page(target, "return"), {"seen_version": target.version, "comment": "退回"}
    ).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_confirm_page_costs_the_same_with_one_and_three_comments(
    client, filing, officer, count, django_assert_num_queries
):
    for _ in range(count):
        comment(filing, officer)
    read(client, filing, "return")
    with django_assert_num_queries(9):
        assert read(client, filing, "return").count("主导产品不规范") == count


def test_the_next_filing_keeps_to_the_officers_filters_after_a_return(client, filing, officer):
    following = make_filing(state=State.IN_REVIEW)
    answer = client.post(
        confirm_page(filing, "return", "scope=mine&kind=test_application"),
        {"seen_version": filing.version, "comment": "请改正", "_next": "1"},
    )
    assert answer["Location"].startswith(page_of(following))
    assert "kind%3Dtest_application" in answer["Location"]


def test_a_long_reason_goes_out_whole_in_the_message_and_short_by_sms(client, filing, officer):
    reason = "审计报告与申报数据不一致，" * 20
    decide(filing, Action.RETURN, comment=f"{reason}\n请改正", user=officer)
    notices = {row.channel: row.body for row in Notice.objects.filter(title="申报被退回，请修改")}
    assert f"{reason}\n请改正" in notices["message"]
    assert "审计报告与申报数据不一致" in notices["sms"]
    assert "……（全文见平台系统消息）" in notices["sms"]
    assert "【修改】" in notices["sms"]
    assert len(notices["sms"]) < 200


def test_a_rejection_tells_its_reason_by_message_and_sms(filing):
    decide(filing, Action.REJECT, comment="不属于中小企业。")
    bodies = Notice.objects.filter(title="申报不予通过").values_list("body", flat=True)
    assert len(bodies) == 2
    assert all("意见：不属于中小企业。" in body for body in bodies)


def test_an_enterprise_without_a_mobile_number_gets_the_message_alone(filing):
    account = filing.enterprise.account
    account.mobile = ""
    account.save()
    decide(filing, Action.RETURN, comment="请改正", user=officer_of(filing.desk))
    assert Notice.objects.get(title="申报被退回，请修改").channel == "message"
