"""带入: what a new draft takes over from the newest submitted filing."""
import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_enterprise
from applications.tests import filled, filled_specialized
from applications.tests.filled import make_submitted, type_in
from applications.tests.filled_tiers import assessed
from reviews.enums import Action
from reviews.models import Filing, Window
from reviews.services.filings import open_filing
from reviews.tests.factories import decide, open_window

pytestmark = pytest.mark.django_db


def open_for(enterprise, code, period=2026):
    """Open a draft of a kind for a year."""
    assessed(enterprise)
    open_window(code, "320000", period=period)
    return open_filing(user=enterprise.account, kind_code=code)


def close_windows():
    """Let the windows of this year be over."""
    now = timezone.now()
    Window.objects.update(opens_at=now - datetime.timedelta(days=9), closes_at=now - datetime.timedelta(days=1))


def test_figures_of_the_same_year_go_over_between_tiers():
    submitted = make_submitted()
    draft = open_for(submitted.enterprise, "specialized_application")
    assert draft.answers["economy"]["revenue_y1"] == "5600"
    assert draft.answers["economy"]["net_profit_y3"] == "-12.3"
    assert draft.answers["innovation"]["rd_expense_y2"] == "240"
    assert draft.answers["specialization"]["segment_years"] == "8"


def test_lists_go_over_with_their_rows():
    submitted = filled_specialized.make_submitted()
    decide(submitted, Action.REJECT, comment="不符合。")
    draft = open_for(submitted.enterprise, "specialized_application")
    assert draft.answers["innovation"]["ip"] == submitted.answers["innovation"]["ip"]
    assert draft.answers["specialization"]["products"] == submitted.answers["specialization"]["products"]


def test_next_year_the_figures_move_one_column_and_the_newest_column_is_empty():
    submitted = filled_specialized.make_submitted()
    decide(submitted, Action.REJECT, comment="不符合。")
    close_windows()
    draft = open_for(submitted.enterprise, "specialized_application", period=2027)
    economy = draft.answers["economy"]
    assert "revenue_y1" not in economy
    assert (economy["revenue_y2"], economy["revenue_y3"]) == ("8600", "7900")


def test_next_year_words_and_dated_lists_stay_and_single_figures_choices_and_products_do_not():
    submitted = filled_specialized.make_submitted()
    decide(submitted, Action.REJECT, comment="不符合。")
    close_windows()
    draft = open_for(submitted.enterprise, "specialized_application", period=2027)
    assert draft.answers["innovation"]["ip"] == submitted.answers["innovation"]["ip"]
    assert draft.answers["other"] == {"overview": "企业专注于矿山控制系统的研发和生产。"}
    assert "specialization" not in draft.answers
    assert "pct_patents" not in draft.answers["innovation"]


def test_the_declaration_never_goes_over():
    submitted = make_submitted()
    draft = open_for(submitted.enterprise, "specialized_application")
    assert "declared" not in draft.answers.get("statement", {})


def test_an_answer_that_the_new_form_would_refuse_stays_behind():
    submitted = make_submitted()
    submitted.answers["economy"]["revenue_y1"] = "很多"
    submitted.save(update_fields=["answers"])
    draft = open_for(submitted.enterprise, "specialized_application")
    assert "revenue_y1" not in draft.answers["economy"]
    assert draft.answers["economy"]["revenue_y2"] == "4800"


def test_the_record_of_the_enterprise_goes_before_what_an_earlier_filing_said_of_it():
    submitted = make_submitted()
    type_address = {"basic": {"address": "申报表里的旧地址"}}
    decide(submitted, Action.RETURN, comment="请改正。")
    type_in(submitted, type_address)
    draft = open_for(submitted.enterprise, "specialized_application")
    assert draft.answers["basic"]["address"] == submitted.enterprise.address


def test_a_draft_of_another_kind_gives_nothing():
    enterprise = make_enterprise()
    filled.make_draft(enterprise, values=filled.TYPED)
    assert "economy" not in open_for(enterprise, "specialized_application").answers


def test_another_enterprises_filing_gives_nothing():
    make_submitted()
    assert "economy" not in open_for(make_enterprise(), "specialized_application").answers


def test_the_page_says_once_what_was_taken_over_and_from_where(client):
    submitted = make_submitted()
    assessed(submitted.enterprise)
    open_window("specialized_application", "320000", period=2026)
    client.force_login(submitted.enterprise.account)
    start = reverse("applications:start", args=["specialized_application"])
    page = client.post(start, follow=True).content.decode()
    assert f"已带入贵企业《创新型中小企业自评表》（编号 {submitted.number}）中相同栏目的内容" in page
    assert "2025年、2024年、2023年 的数据按年度对应填入" in page
    assert "已带入" not in client.post(start, follow=True).content.decode()
    assert Filing.objects.filter(kind="specialized_application").count() == 1
