"""The parts of the filing page that save an officer time: index, warnings, answers to a return, deadline, turn."""
import dataclasses
import datetime

import pytest
from django.utils import timezone

from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import Action, State, Visibility
from reviews.models import Filing
from reviews.queries.filing_page import days_left
from reviews.queries.verdict import verdict_of
from reviews.services import decisions
from reviews.services.handing_over import hand_over
from reviews.tests.factories import attach, change_answers, decide, make_filing, officer_of, submit

pytestmark = pytest.mark.django_db


def page_of(filing):
    return f"/admin/reviews/filing/{filing.pk}/change/"


def open_page(client, filing, **query):
    response = client.get(page_of(filing), query)
    assert response.status_code == 200
    return response


def comment(filing, field, text, visibility=Visibility.ENTERPRISE, section="basic"):
    return decisions.add_comment(
        filing_id=filing.pk, user=officer_of(filing.desk), section=section, field=field, label=field, text=text,
        visibility=visibility,
    )


def marks_of(response):
    return {entry.anchor: [words for _, words in entry.marks] for entry in response.context["page"].index}


@pytest.fixture
def filing(client):
    made = make_filing(make_enterprise(name="南京精密机械有限公司"), state=State.IN_REVIEW, attachments=1)
    client.force_login(officer_of(made.desk))
    return made


@pytest.fixture
def doubtful(monkeypatch, test_kinds):
    """Let new submissions carry two findings to look at again: one in a year of a row, one at no row of the form."""
    kind = test_kinds["test_application"]
    plain = kind.describe
    found = [
        {"section": "figures", "field": "revenue_y2", "label": "营业收入", "message": "约为上年的 1000 倍，请核实单位。"},
        {"section": "figures", "field": "elsewhere", "label": "人均产值", "message": "人均产值偏高，请核实。"},
    ]
    monkeypatch.setattr(kind, "describe", lambda filing: dataclasses.replace(plain(filing), warnings=found))


def test_the_index_counts_comments_warnings_and_changes_of_each_section(client, doubtful):
    filing = make_filing(state=State.IN_REVIEW, attachments=1)
    client.force_login(officer_of(filing.desk))
    comment(filing, "products", "请核对。")
    assert marks_of(open_page(client, filing))["section-basic"] == ["批注 1"]
    decide(filing, Action.RETURN, comment="请改正。")
    change_answers(filing, products="巷道支护装备")
    change_answers(filing, "figures", revenue=["5600", "4700", "4000"])
    submit(filing)
    comment(filing, "revenue", "一", section="figures")
    comment(filing, "patents", "二", section="figures", visibility=Visibility.INTERNAL)
    marks = marks_of(open_page(client, filing))
    assert marks["section-basic"] == ["修改 1"]  # the comment of before is settled
    assert marks["section-figures"] == ["批注 2", "提示 2", "修改 2"]
    assert marks["changes"] == ["修改 3"]
    assert marks["warnings"] == ["提示 2"]
    assert marks["comments"] == ["批注 2"]


def test_every_entry_of_the_index_leads_to_a_part_of_the_page(client, filing, doubtful):
    comment(filing, "products", "请核对。")
    decide(filing, Action.RETURN, comment="请改正。")
    submit(filing)
    comment(filing, "products", "还是不对。")
    response = open_page(client, filing)
    page = response.content.decode()
    anchors = [entry.anchor for entry in response.context["page"].index]
    assert {"comments", "assessment", "warnings", "changes", "section-basic", "route", "versions"} <= set(anchors)
    for anchor in anchors:
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page, anchor


def test_a_doubtful_figure_is_marked_at_its_row_and_listed(client, doubtful):
    filing = make_filing(state=State.IN_REVIEW)
    client.force_login(officer_of(filing.desk))
    page = open_page(client, filing).content.decode()
    listed, row = page.index('id="warnings"'), page.index('id="at-figures.revenue"')
    first = page.index("约为上年的 1000 倍", listed)
    assert listed < first < row < page.index("约为上年的 1000 倍", row)
    assert page.count("人均产值偏高，请核实。") == 1


def test_each_comment_of_the_return_says_changed_with_old_and_new_or_unchanged(client, filing):
    comment(filing, "products", "产品名称不规范。")
    comment(filing, "revenue", "与审计报告不符。", section="figures")
    comment(filing, "proof", "印章不清。", Visibility.INTERNAL)
    decide(filing, Action.RETURN, comment="请改正。")
    change_answers(filing, products="巷道支护装备")
    attach(filing, name="新执照.pdf")
    submit(filing)
    comment(filing, "patents", "第二次的新意见。", section="figures")
    response = open_page(client, filing)
    states = {answer.comment.text: answer.is_changed for answer in response.context["page"].answers}
    assert states == {"产品名称不规范。": True, "与审计报告不符。": False, "印章不清。": True}
    page = response.content.decode()
    part = page[page.index("退回时批注的修改情况") : page.index("全部修改")]
    assert part.index("产品名称不规范。") < part.index("矿山开采成套控制系统") < part.index("巷道支护装备")
    assert part.count("已改") == 2
    assert part.count("未改") == 1
    assert 'desk-tag--internal">内部' in part
    assert ("warning", "未改 1") in next(e.marks for e in response.context["page"].index if e.anchor == "changes")


def test_a_comment_handed_on_with_an_approval_is_no_answer_to_expect(client, filing):
    comment(filing, "products", "市里认为可以。", Visibility.INTERNAL)
    decide(filing)
    province = officer_of(filing.desk)
    decide(filing, Action.RETURN, comment="请改正。", user=province)
    submit(filing)
    assert open_page(client, filing).context["page"].answers == []


def test_the_deadline_says_how_many_days_are_left_or_over(client, filing):
    for days, words in ((5, "还剩 4 天"), (1, "今天到期"), (-1, "已超期 2 天")):
        midnight = timezone.make_aware(datetime.datetime.combine(timezone.localdate(), datetime.time()))
        Filing.objects.filter(pk=filing.pk).update(due_at=midnight + datetime.timedelta(days=days))
        assert words in open_page(client, filing).content.decode()


def test_the_last_day_of_a_deadline_is_the_one_that_its_midnight_ends():
    due = datetime.datetime.fromisoformat("2026-03-10T00:00+08:00")
    assert days_left(due, datetime.datetime.fromisoformat("2026-03-09T23:59+08:00")) == 0
    assert days_left(due, datetime.datetime.fromisoformat("2026-03-06T08:00+08:00")) == 3
    assert days_left(due, datetime.datetime.fromisoformat("2026-03-10T00:00+08:00")) == -1


def test_the_page_names_who_handles_it_and_the_window(client, filing):
    colleague = officer_of(filing.desk)
    hand_over(filing_id=filing.pk, user=colleague, seen_version=filing.version, handler_id=colleague.pk)
    page = open_page(client, filing).content.decode()
    assert str(colleague) in page[page.index("经办人") :][:200]
    assert f"{filing.window.authority.short_name} {filing.window.period} 年度" in page


def test_the_province_reads_who_has_it_and_when_its_turn_comes(client, filing):
    client.force_login(make_officer("320000"))
    page = open_page(client, filing).content.decode()
    assert f"这件申报目前由{filing.desk.name}审核。您所在的部门是审核链的第 2 步，轮到时会出现在您的“待我审核”中。" in page
    assert 'disabled aria-describedby="actions-reason"' in page


def test_the_city_reads_that_it_has_decided_already_and_an_outsider_that_it_never_will(client, filing):
    city = officer_of(filing.desk)
    decide(filing)
    client.force_login(city)
    page = open_page(client, filing).content.decode()
    assert f"您所在的部门是审核链的第 1 步，已于 {timezone.localdate():%Y-%m-%d} 通过。" in page
    client.force_login(make_officer("000000"))
    assert "不在这件申报的审核链上，可以查看，不能审核。" in open_page(client, filing).content.decode()


def test_the_province_may_return_a_giant_at_any_step_and_is_told_so(client):
    filing = make_filing(kind="test_giant", state=State.IN_REVIEW)
    client.force_login(make_officer("320000"))
    page = open_page(client, filing).content.decode()
    assert "轮到时会出现在您的“待我审核”中。您所在部门是企业所在地的省级主管部门，在任一环节都可以【退回】。" in page
    assert f'href="/admin/reviews/filing/{filing.pk}/decide/return/"' in page
    assert f'href="/admin/reviews/filing/{filing.pk}/decide/approve/"' not in page


def test_an_old_version_says_why_there_are_no_buttons(client, filing):
    decide(filing, Action.RETURN, comment="请改正。")
    submit(filing)
    page = open_page(client, filing, snapshot=1).content.decode()
    assert "旧版本只能查看，不能审核。" in page
    assert "/decide/" not in page


def test_next_walks_through_the_desk_in_the_order_of_arrival_and_back_to_the_first(client):
    filings = [make_filing(state=State.IN_REVIEW) for _ in range(3)]
    client.force_login(officer_of(filings[0].desk))
    for n, filing in enumerate(filings):
        filters = {"_changelist_filters": "kind=test_application"}
        answer = client.get(f"/admin/reviews/filing/{filing.pk}/next/", filters)
        assert answer.status_code == 302
        expected = page_of(filings[(n + 1) % 3])
        assert answer["Location"] == f"{expected}?_changelist_filters=kind%3Dtest_application"


def test_next_of_the_only_one_leads_to_the_list_and_says_so(client, filing):
    answer = client.get(f"/admin/reviews/filing/{filing.pk}/next/", follow=True)
    assert answer.redirect_chain[0][0] == "/admin/reviews/filing/"
    assert "当前列表中没有其他待您审核的申报件。" in answer.content.decode()
    assert client.post(f"/admin/reviews/filing/{filing.pk}/next/").status_code == 405


def test_a_kind_without_a_page_of_the_enterprise_has_no_view_of_it(client, filing):
    assert "企业视图" not in open_page(client, filing).content.decode()
    assert client.get(f"/admin/reviews/filing/{filing.pk}/enterprise-view/").status_code == 404


def condition(label, state):
    return {"label": label, "state": state, "state_shown": state}


def test_what_is_not_met_stands_before_what_is_missing_and_keeps_its_number():
    states = ("met", "human", "not_met", "missing", "met", "not_met")
    verdict = verdict_of({"conditions": [condition(f"c{n}", state) for n, state in enumerate(states, start=1)]})
    assert [(number, one["state"]) for number, one in verdict.open] == [
        (3, "not_met"), (6, "not_met"), (4, "missing"), (2, "human"),
    ]  # fmt: skip
    assert [number for number, _ in verdict.met] == [1, 5]
    assert verdict.counts == [("not_met", "not_met", 2), ("missing", "missing", 1), ("human", "human", 1)]


def test_groups_below_their_minimum_are_named():
    groups = [
        {"label": "创新", "minimum": "20", "met": False}, {"label": "成长", "minimum": "15", "met": True},
        {"label": "专业", "minimum": "0", "met": False},
    ]  # fmt: skip
    assert [group["label"] for group in verdict_of({"groups": groups}).short_groups] == ["创新"]
    assert verdict_of(None) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_with_one_and_three_of_everything(client, django_assert_num_queries, rows):
    """Filings on the desk, submissions, comments handed over and fresh, attachments: none of them costs a query."""
    for _ in range(rows - 1):
        make_filing(state=State.IN_REVIEW)
    filing = make_filing(state=State.IN_REVIEW, attachments=rows)
    officer = officer_of(filing.desk)
    for _ in range(rows):
        for n in range(rows):
            comment(filing, "products", f"第{n}条")
        decide(filing, Action.RETURN, comment="请核对。")
        submit(filing)
    for n in range(rows):
        comment(filing, "products", f"新{n}条", Visibility.INTERNAL)
    client.force_login(officer)
    # session, account, authority, filing, snapshots, previous snapshot, comments, steps, events, evidence twice,
    # hand-overs, visits, opinions and their files; saving the session: 3.
    with django_assert_num_queries(18):
        client.get(page_of(filing))


@pytest.mark.parametrize("rows", [1, 3])
def test_next_takes_the_same_queries_with_one_and_three_waiting(client, django_assert_num_queries, rows):
    filing = make_filing(state=State.IN_REVIEW)
    for _ in range(rows):
        make_filing(state=State.IN_REVIEW)
    client.force_login(officer_of(filing.desk))
    # session, account, filing, next in order; the filters of the list: authorities below; saving the session: 3.
    with django_assert_num_queries(8):
        client.get(f"/admin/reviews/filing/{filing.pk}/next/")
