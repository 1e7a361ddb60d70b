"""The officers' page of an application with everything on it, and 企业视图: what the enterprise sees, nothing else."""
import pytest

from accounts.models import AccessLog
from accounts.tests.factories import make_officer
from applications.tests import filled_little_giant
from applications.tests.filled import make_submitted
from reviews.enums import Action, Visibility
from reviews.services import decisions
from reviews.tests.factories import decide, officer_of, submit

pytestmark = pytest.mark.django_db


def comment(filing, section, field, label, text, visibility=Visibility.ENTERPRISE):
    return decisions.add_comment(
        filing_id=filing.pk, user=officer_of(filing.desk), section=section, field=field, label=label, text=text,
        visibility=visibility,
    )


def desk_page(client, filing):
    return client.get(f"/admin/reviews/filing/{filing.pk}/change/")


def enterprise_page(client, filing):
    return client.get(f"/admin/reviews/filing/{filing.pk}/enterprise-view/")


@pytest.fixture
def giant(client):
    filing = filled_little_giant.make_submitted()
    client.force_login(officer_of(filing.desk))
    return filing


def test_the_evaluation_of_the_present_submission_is_a_panel_and_names_the_scores_before(client, giant):
    page = desk_page(client, giant).content.decode()
    score = giant.evaluations.get().score
    assert f"专精特新发展评价：{score} 分" in page
    assert "此前各次提交的得分" not in page
    assert 'href="#evaluation"' in page
    decide(giant, Action.RETURN, comment="请核对。")
    submit(giant)
    assert f"第 1 次提交 {score} 分" in desk_page(client, giant).content.decode()


def test_an_old_version_does_not_show_the_evaluation_of_the_present_one(client, giant):
    decide(giant, Action.RETURN, comment="请核对。")
    submit(giant)
    page = client.get(f"/admin/reviews/filing/{giant.pk}/change/", {"snapshot": 1}).content.decode()
    assert "专精特新发展评价：" not in page


def test_met_conditions_are_folded_below_those_that_ask_for_the_officer(client, giant):
    response = desk_page(client, giant)
    page, verdict = response.content.decode(), response.context["page"].verdict
    assert verdict.met
    fold = page.index(f"已满足的条件（{len(verdict.met)}）")
    for number, _ in verdict.open:
        assert page.index(f'id="condition-{number}"') < fold
    for number, _ in verdict.met:
        assert page.index(f'id="condition-{number}"') > fold


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_page_of_an_evaluated_kind_takes_the_same_queries_with_one_and_three_submissions(
    client, django_assert_num_queries, giant, rounds
):
    for _ in range(rounds):
        decide(giant, Action.RETURN, comment="请核对。")
        submit(giant)
    # The 18 of reviews/tests/test_desk_filing_parts.py and two for the evaluations.
    with django_assert_num_queries(20):
        desk_page(client, giant)


def test_the_view_shows_what_the_enterprise_sees_and_nothing_internal(client):
    filing = make_submitted()
    comment(filing, "specialization", "main_product", "主导产品名称", "请写全称。")
    comment(filing, "economy", "revenue", "营业收入", "内部：怀疑虚增。", Visibility.INTERNAL)
    officer = officer_of(filing.desk)
    decide(filing, Action.RETURN, comment="请改正后重报。", note="电话已沟通。")
    client.force_login(officer)
    page = enterprise_page(client, filing).content.decode().partition('id="main"')[2]  # below the officer's own name
    for text in ("企业视图（只读）", "请改正后重报。", "请写全称。", "矿山开采成套控制系统", "审核进度"):
        assert text in page, text
    hidden = ("怀疑虚增", "电话已沟通", officer.person_name, "核验提示（", "/enterprise/filings/", 'action="/filings')
    for text in hidden:
        assert text not in page, text


def test_comments_that_have_not_been_sent_are_not_in_the_view(client):
    filing = make_submitted()
    comment(filing, "specialization", "main_product", "主导产品名称", "还没发出的意见。")
    client.force_login(officer_of(filing.desk))
    assert "还没发出的意见。" in desk_page(client, filing).content.decode()
    assert "还没发出的意见。" not in enterprise_page(client, filing).content.decode()


def test_the_view_masks_personal_values_and_so_writes_no_access_log(client):
    filing = make_submitted()
    mobile = filing.enterprise.contact_mobile
    client.force_login(officer_of(filing.desk))
    before = AccessLog.objects.count()
    page = enterprise_page(client, filing).content.decode()
    assert mobile
    assert mobile not in page
    assert f"{mobile[:3]}****{mobile[-4:]}" in page
    assert AccessLog.objects.count() == before


def test_the_enterprise_itself_sees_the_same_words(client):
    filing = make_submitted()
    decide(filing, comment="符合要求。", note="内部备注一句。")
    client.force_login(filing.enterprise.account)
    own = client.get(f"/enterprise/filings/{filing.pk}/").content.decode()
    client.force_login(officer_of(filing.desk))
    seen = enterprise_page(client, filing).content.decode()
    body = own[own.index('id="facts"') : own.index('id="read-basic"')]
    assert body in seen
    assert "内部备注一句。" not in own


def test_an_officer_of_another_area_and_an_enterprise_find_no_view(client, giant):
    client.force_login(make_officer("320500"))
    assert enterprise_page(client, giant).status_code == 404
    client.force_login(giant.enterprise.account)
    assert enterprise_page(client, giant).status_code in (302, 403, 404)
    client.force_login(officer_of(giant.desk))
    assert client.post(f"/admin/reviews/filing/{giant.pk}/enterprise-view/").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_view_takes_the_same_queries_with_one_and_three(client, django_assert_num_queries, rows):
    filing = make_submitted()
    officer = officer_of(filing.desk)
    for _ in range(rows):
        for n in range(rows):
            comment(filing, "specialization", "main_product", "主导产品名称", f"第{n}条")
        decide(filing, Action.RETURN, comment="请核对。")
        submit(filing)
    client.force_login(officer)
    # session, account, filing, events, steps, evidence, comments; who is signed in, saving the session: the rest.
    with django_assert_num_queries(11):
        enterprise_page(client, filing)
