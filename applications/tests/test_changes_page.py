import pytest
from django.urls import reverse

from accounts.tests.factories import make_enterprise
from applications.services.evidence import attach_evidence
from applications.tests import filled_specialized
from applications.tests.filled import make_draft, make_submitted, pdf, type_in
from reviews.enums import Action
from reviews.services import decisions
from reviews.services.filings import submit
from reviews.tests.factories import decide, officer_of

pytestmark = pytest.mark.django_db


def url(filing, page="changes"):
    return reverse(f"applications:{page}", args=[filing.pk])


def returned(*comments, filing=None):
    """Return a filing sent back with comments (section, field, label, text)."""
    filing = filing or make_submitted()
    officer = officer_of(filing.desk)
    for section, field, label, text in comments:
        decisions.add_comment(
            filing_id=filing.pk, user=officer, section=section, field=field, label=label, text=text,
            visibility="enterprise",
        )  # fmt: skip
    return decide(filing, Action.RETURN, comment="请改正两处。", user=officer)


REVENUE = ("economy", "revenue", "营业收入", "与审计报告不一致。")
PRODUCT = ("specialization", "main_product", "主导产品名称", "请写全称。")


def page_of(client, filing, page="changes"):
    client.force_login(filing.enterprise.account)
    return client.get(url(filing, page)).content.decode()


def test_each_comment_says_whether_it_has_been_answered_with_old_and_new(client):
    filing = returned(REVENUE, PRODUCT)
    type_in(filing, {"economy": {"revenue_y1": "5601"}})
    page = page_of(client, filing)
    assert "已改 1 / 2 处" in page
    revenue, product = page.index("与审计报告不一致。"), page.index("请写全称。")
    assert revenue < page.index("5,600 万元") < page.index("5,601 万元") < product
    assert page.index("未改", page.index("<strong>主导产品名称")) < product


def test_other_changes_stand_by_themselves(client):
    filing = returned(REVENUE)
    type_in(filing, {"statement": {"overview": "改写的简介。"}})
    page = page_of(client, filing)
    others = page[page.index("其他修改") :]
    assert "企业总体情况简介" in others
    assert "改写的简介。" in others
    assert "已改 0 / 1 处" in page


def test_a_file_put_in_after_the_return_is_a_change(client):
    filing = returned(("evidence", "licence", "营业执照", "请上传彩色扫描件。"))
    attach_evidence(
        filing_id=filing.pk, user=filing.enterprise.account, slot="evidence.licence", upload=pdf("彩色.pdf", "彩色")
    )
    page = page_of(client, filing)
    assert "彩色.pdf" in page
    assert "已改 1 / 1 处" in page


def test_a_changed_row_of_a_list_answers_the_comment_on_the_list(client):
    filing = returned(
        ("innovation", "ip", "知识产权", "第 1 项的授权号不符。"), filing=filled_specialized.make_submitted()
    )
    rows = [dict(row) for row in filing.answers["innovation"]["ip"]]
    rows[0]["number"] = "ZL209900000"
    type_in(filing, {"innovation": {"ip": rows}})
    page = page_of(client, filing)
    assert "ZL209900000" in page
    assert "已改 1 / 1 处" in page


def test_after_the_resubmission_the_page_compares_the_two_submissions(client):
    filing = returned(REVENUE)
    type_in(filing, {"economy": {"revenue_y1": "5601"}})
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    page = page_of(client, filing)
    assert "重新提交的内容" in page
    assert "5,601 万元" in page
    assert "已改 1 / 1 处" in page
    assert f'href="{url(filing)}"' in page_of(client, filing, "filing")


def test_the_second_return_is_compared_with_the_second_submission(client):
    filing = returned(REVENUE)
    type_in(filing, {"economy": {"revenue_y1": "5601"}})
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    filing.refresh_from_db()
    returned(PRODUCT, filing=filing)
    type_in(filing, {"specialization": {"main_product": "新产品全称"}})
    page = page_of(client, filing)
    assert "5,601" not in page
    assert "新产品全称" in page
    assert "与审计报告不一致。" not in page
    assert "第 2 次提交" in page


def test_personal_numbers_stay_masked(client):
    filing = returned(("basic", "contact_mobile", "联系人手机", "无法接通。"))
    type_in(filing, {"basic": {"contact_mobile": "13911112222"}})
    page = page_of(client, filing)
    assert "13911112222" not in page
    assert "139****2222" in page
    assert "已改 1 / 1 处" in page


@pytest.mark.parametrize("make", [make_draft, make_submitted])
def test_a_filing_that_was_never_returned_has_nothing_to_compare(client, make):
    filing = make()
    assert "没有被退回过" in page_of(client, filing)


def test_an_internal_comment_is_not_shown(client):
    filing = make_submitted()
    officer = officer_of(filing.desk)
    decisions.add_comment(
        filing_id=filing.pk, user=officer, section="economy", field="revenue", label="营业收入", text="内部话",
        visibility="internal",
    )  # fmt: skip
    decide(filing, Action.RETURN, comment="请改正。", user=officer)
    assert "内部话" not in page_of(client, filing)
    assert "内部话" not in page_of(client, filing, "filing")


def test_another_enterprise_finds_nothing_there(client):
    filing = returned(REVENUE)
    client.force_login(make_enterprise().account)
    assert client.get(url(filing)).status_code == 404


def test_the_returned_sections_are_a_list_of_tasks_that_lead_to_the_fields(client):
    filing = returned(REVENUE, PRODUCT)
    type_in(filing, {"specialization": {"main_product": "矿山开采成套控制系统（全称）"}})
    page = page_of(client, filing, "filing")
    fill = url(filing, "fill")
    assert f'href="{fill}#section-economy">2. 经济效益和经营情况</a>' in page
    assert f'href="{fill}#f-economy-revenue">营业收入</a>' in page
    economy, specialization = page.index("#section-economy"), page.index("#section-specialization")
    assert economy < page.index("未改", economy) < specialization < page.index("已改", specialization)
    assert "（全称）" in page[specialization:]
    assert "请改正两处。" in page
    assert f'href="{url(filing)}"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three_comments(client, django_assert_num_queries, count):
    filing = returned(*[REVENUE] * count)
    client.force_login(filing.enterprise.account)
    with django_assert_num_queries(16):
        page = client.get(url(filing)).content.decode()
    assert page.count("与审计报告不一致。") == count


@pytest.mark.parametrize("page", ["fill", "check"])
def test_the_form_and_the_check_page_of_a_returned_filing_lead_there(client, page):
    filing = returned(REVENUE)
    assert f'href="{url(filing)}">查看退回后修改了什么</a>' in page_of(client, filing, page)
