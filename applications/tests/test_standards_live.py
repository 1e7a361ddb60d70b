"""The conditions of 专精特新 where the enterprise meets them: while filling in, at 核对, and frozen in the snapshot."""
import pytest
from django.urls import reverse

from applications.tests.filled_specialized import TYPED, make_complete_draft, make_draft, make_submitted

pytestmark = pytest.mark.django_db

GAP = "还差 0.2 个百分点，约 17.2 万元（研发费用总额）"


def short_of_rd():
    """Complete answers whose 研发费用 of the last year is 2.8% of 8600 万元."""
    return TYPED | {"innovation": TYPED["innovation"] | {"rd_expense_y1": "240.8"}}


def test_an_autosave_brings_the_conditions_with_what_is_still_missing(client):
    filing = make_draft(values=TYPED)
    client.force_login(filing.enterprise.account)
    data = {"version": filing.version, "section": "innovation", "innovation-rd_expense_y1": "240.8"}
    address = reverse("applications:save_section", args=[filing.pk])
    body = client.post(address, data, HTTP_X_REQUESTED_WITH="XMLHttpRequest").json()
    assert GAP in body["panel"]
    assert "6 项条件" in body["summary"]
    assert "未满足" in body["summary"]


def test_the_fill_page_has_the_panel_the_summary_and_their_style(client):
    filing = make_draft(values=short_of_rd())
    client.force_login(filing.enterprise.account)
    page = client.get(reverse("applications:fill", args=[filing.pk])).content.decode()
    assert GAP in page
    assert "condition-list" in page
    assert "css/assessment" in page


def test_the_check_page_warns_of_a_missed_condition_and_lets_submit(client):
    filing = make_complete_draft()
    filing.refresh_from_db()
    client.force_login(filing.enterprise.account)
    data = {"version": filing.version, "section": "innovation", "innovation-rd_expense_y1": "240.8"}
    client.post(reverse("applications:save_section", args=[filing.pk]), data, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    page = client.get(reverse("applications:check", args=[filing.pk])).content.decode()
    assert GAP in page
    assert "自评尚未满足" in page
    assert "确认提交" in page


def test_the_snapshot_keeps_the_conditions_and_no_score(client):
    filing = make_submitted()
    conditions = filing.snapshot.payload["assessment"]["conditions"]
    assert [condition["label"] for condition in conditions] == [
        "培育基础和专注时间", "经营情况", "研发投入", "知识产权", "市场地位", "发展评价",
    ]
    assert filing.verdict == filing.snapshot.payload["assessment"]["verdict"]
    assert filing.self_score is None
    client.force_login(filing.enterprise.account)
    page = client.get(reverse("applications:filing", args=[filing.pk])).content.decode()
    assert "预估（非官方权重）" in page
