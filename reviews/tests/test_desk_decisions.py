"""通过, 退回 and 不予通过 at the review desk, with everything that can go wrong between two officers."""
import datetime
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.models import Notice
from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import Action, State
from reviews.models import FieldComment, Filing
from reviews.services import decisions
from reviews.tests.factories import decide, make_filing, officer_of

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/filing/"


def confirm_page(filing, action, filters=""):
    query = f"?{urlencode({'_changelist_filters': filters})}" if filters else ""
    return f"{LIST}{filing.pk}/decide/{action}/{query}"


def page_of(filing):
    return f"{LIST}{filing.pk}/change/"


@pytest.fixture
def filing():
    return make_filing(make_enterprise(name="南京精密机械有限公司"), state=State.IN_REVIEW)


@pytest.fixture
def officer(client, filing):
    user = make_officer("320100", OfficerRole.REVIEWER)
    client.force_login(user)
    return user


def test_the_confirm_page_says_who_receives_it_next_and_writes_nothing(client, filing, officer):
    page = client.get(confirm_page(filing, "approve")).content.decode()
    assert "转江苏省" in page
    assert f'name="seen_version" value="{filing.version}"' in page
    filing.refresh_from_db()
    assert (filing.state, filing.events.count()) == (State.IN_REVIEW, 1)


def test_the_last_approval_says_that_publicity_follows(client):
    filing = make_filing(state=State.IN_REVIEW, step=2)
    client.force_login(make_officer("320000"))
    page = client.get(confirm_page(filing, "approve")).content.decode()
    assert f"审核链到此结束，状态变为“审核通过”，等待{filing.province.name}公示。" in page


def test_the_last_approval_of_a_kind_without_publicity_names_none(client):
    filing = make_filing(state=State.IN_REVIEW, kind="test_update")
    client.force_login(make_officer("320100"))
    page = client.get(confirm_page(filing, "approve")).content.decode()
    assert "状态变为“审核通过”。" in page
    assert "公示。" not in page


def test_approving_passes_the_filing_on_and_says_so(client, filing, officer):
    answer = client.post(
        confirm_page(filing, "approve"), {"seen_version": filing.version, "comment": "", "note": "材料齐全"}, follow=True
    )
    filing.refresh_from_db()
    assert (filing.desk.code, filing.step) == ("320000", 2)
    assert filing.events.last().note == "材料齐全"
    assert answer.redirect_chain == [(page_of(filing), 302)]
    page = answer.content.decode()
    assert "已对“南京精密机械有限公司”【通过】。" in page
    assert "当前列表中已没有待您审核的申报件。" in page


@pytest.mark.parametrize("action", ["return", "reject"])
def test_a_refusal_without_a_reason_comes_back_at_the_field(client, filing, officer, action):
    answer = client.post(
        confirm_page(filing, action), {"seen_version": filing.version, "comment": " \n", "note": "内部留言"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "须填写意见" in page
    assert 'href="#id_comment"' in page
    assert "内部留言" in page
    filing.refresh_from_db()
    assert filing.state == State.IN_REVIEW


def test_a_reason_that_is_too_long_says_by_how_much_and_is_kept(client, filing, officer):
    text = "长" * 501
    answer = client.post(confirm_page(filing, "return"), {"seen_version": filing.version, "comment": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "意见最多 500 个字，现在有 501 个字" in page
    assert text in page


def test_a_return_reaches_the_enterprise_with_the_field_comments(client, filing, officer):
    for visibility, text in (("enterprise", "产品名称不规范"), ("internal", "疑似关联企业")):
        decisions.add_comment(
            filing_id=filing.pk, user=officer, section="basic", field="products", label="主导产品", text=text,
            visibility=visibility,
        )
    page = client.get(confirm_page(filing, "return")).content.decode()
    assert page.index("企业可见</span> 主导产品：产品名称不规范") < page.index("内部</span> 主导产品：疑似关联企业")
    client.post(confirm_page(filing, "return"), {"seen_version": filing.version, "comment": "请按批注修改。"})
    filing.refresh_from_db()
    event = filing.events.last()
    assert filing.state == State.RETURNED
    assert event.comment == "请按批注修改。"
    assert set(FieldComment.objects.values_list("event", flat=True)) == {event.pk}
    assert "请按批注修改。" in Notice.objects.filter(title="申报被退回，请修改").first().body


def test_a_rejection_ends_the_filing(client, filing, officer):
    client.post(confirm_page(filing, "reject"), {"seen_version": filing.version, "comment": "不属于中小企业。"})
    filing.refresh_from_db()
    assert filing.state == State.REJECTED
    assert filing.decided_at is not None


def test_a_double_click_decides_once(client, filing, officer):
    posted = {"seen_version": filing.version, "comment": "请补充材料。"}
    first = client.post(confirm_page(filing, "return"), posted)
    second = client.post(confirm_page(filing, "return"), posted)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert filing.events.filter(action=Action.RETURN).count() == 1
    assert Notice.objects.filter(title="申报被退回，请修改", channel="message").count() == 1


def test_the_second_of_two_officers_is_told_who_was_faster_and_keeps_his_text(client, filing, officer):
    other = make_officer("320100", OfficerRole.REVIEWER, person_name="王快手")
    faster = Client()
    faster.force_login(other)
    seen = filing.version
    faster.post(confirm_page(filing, "approve"), {"seen_version": seen, "comment": "同意上报。"})
    answer = client.post(
        confirm_page(filing, "return"), {"seen_version": seen, "comment": "我写了很久的意见", "note": "我的备注"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    for text in ("王快手", "【通过】", "同意上报。", "我写了很久的意见", "我的备注", page_of(filing)):
        assert text in page
    filing.refresh_from_db()
    assert filing.step == 2
    assert not filing.events.filter(action=Action.RETURN).exists()


def test_the_confirm_page_of_a_filing_that_left_the_desk_says_why(client, filing, officer):
    decide(filing)
    answer = client.get(confirm_page(filing, "approve"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert f"这件申报目前由{filing.desk.name}审核。" in page
    assert 'name="seen_version"' not in page


def test_a_viewer_cannot_decide_even_by_a_crafted_request(client, filing):
    client.force_login(make_officer("320100", OfficerRole.VIEWER))
    assert client.get(confirm_page(filing, "approve")).status_code == 409
    answer = client.post(confirm_page(filing, "return"), {"seen_version": filing.version, "comment": "试试"})
    assert answer.status_code == 403
    assert "试试" in answer.content.decode()
    filing.refresh_from_db()
    assert filing.state == State.IN_REVIEW


@pytest.mark.parametrize("code", ["320000", "000000", "320102"])
def test_an_authority_without_the_filing_on_its_desk_cannot_decide(client, filing, code):
    client.force_login(make_officer(code))
    answer = client.post(confirm_page(filing, "reject"), {"seen_version": filing.version, "comment": "越级"})
    assert answer.status_code == 403
    filing.refresh_from_db()
    assert filing.state == State.IN_REVIEW


def test_the_province_may_return_a_giant_from_the_city_desk(client):
    filing = make_filing(state=State.IN_REVIEW, kind="test_giant")
    client.force_login(make_officer("320000", OfficerRole.REVIEWER))
    page = client.get(page_of(filing)).content.decode()
    assert f"{filing.pk}/decide/return/" in page
    assert f"{filing.pk}/decide/approve/" not in page
    client.post(confirm_page(filing, "return"), {"seen_version": filing.version, "comment": "省里退回。"})
    filing.refresh_from_db()
    assert filing.state == State.RETURNED


@pytest.mark.parametrize("action", ["submit", "recognise", "withdraw", "x"])
def test_only_the_three_decisions_have_a_page(client, filing, officer, action):
    assert client.get(confirm_page(filing, action)).status_code == 404


@pytest.mark.parametrize("seen", ["", "abc", "-1"])
def test_a_form_without_its_version_decides_nothing(client, filing, officer, seen):
    answer = client.post(confirm_page(filing, "approve"), {"seen_version": seen})
    assert answer.status_code == 422
    filing.refresh_from_db()
    assert filing.step == 1


def test_the_next_filing_is_the_oldest_of_the_filtered_list(client, filing, officer):
    younger = make_filing(make_enterprise(name="南京年轻有限公司"), state=State.IN_REVIEW)
    older = make_filing(make_enterprise(name="南京年长有限公司"), state=State.IN_REVIEW)
    oldest_of_all = make_filing(state=State.IN_REVIEW, kind="test_update")
    for row, days in ((younger, 1), (older, 5), (oldest_of_all, 30)):
        Filing.objects.filter(pk=row.pk).update(desk_since=timezone.now() - datetime.timedelta(days=days))
    filters = "kind=test_application&scope=mine"
    posted = {"seen_version": filing.version, "comment": "", "_next": "1"}
    answer = client.post(confirm_page(filing, "approve", filters), posted)
    assert answer["Location"] == f"{page_of(older)}?{urlencode({'_changelist_filters': filters})}"
    page = client.get(answer["Location"]).content.decode()
    assert "已对“南京精密机械有限公司”【通过】。下面是下一件。" in page
    assert f'href="{LIST}?kind=test_application&amp;scope=mine"' in page


def test_confirm_alone_stays_with_the_filing_and_offers_the_next(client, filing, officer):
    following = make_filing(state=State.IN_REVIEW)
    answer = client.post(confirm_page(filing, "approve"), {"seen_version": filing.version}, follow=True)
    assert answer.redirect_chain == [(page_of(filing), 302)]
    assert f'<a class="desk-next" href="{page_of(following)}">处理下一条</a>' in answer.content.decode()


def test_after_the_last_one_the_officer_is_back_at_his_list(client, filing, officer):
    answer = client.post(
        confirm_page(filing, "approve", "kind=test_application"), {"seen_version": filing.version, "_next": "1"}
    )
    assert answer["Location"] == f"{LIST}?kind=test_application"


def test_unreadable_filters_do_not_stop_the_next_one(client, filing, officer):
    following = make_filing(state=State.IN_REVIEW)
    answer = client.post(
        confirm_page(filing, "approve", "nonsense__x=1"), {"seen_version": filing.version, "_next": "1"}
    )
    assert answer["Location"].startswith(page_of(following))


def test_the_list_hands_its_filters_to_the_filing_and_to_the_decision(client, filing, officer):
    listed = client.get(LIST, {"kind": "test_application"}).content.decode()
    query = urlencode({"_changelist_filters": "kind=test_application"})
    assert f"{page_of(filing)}?{query}" in listed
    page = client.get(f"{page_of(filing)}?{query}").content.decode()
    assert f"{LIST}{filing.pk}/decide/approve/?{query}" in page


def test_a_decision_needs_the_token_of_its_page(filing):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer_of(filing.desk))
    answer = strict.post(confirm_page(filing, "approve"), {"seen_version": filing.version})
    assert answer.status_code == 403
    filing.refresh_from_db()
    assert filing.step == 1
