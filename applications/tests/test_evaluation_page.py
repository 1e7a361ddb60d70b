"""【专精特新发展评价】: what an enterprise sees, and when."""
import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from accounts.tests.factories import make_enterprise, make_legal_person, make_natural_person, make_officer
from applications.models import EvaluationYear
from applications.tests.evaluation_world import (
    EIGHTY,
    FACTS,
    SEVENTY,
    SIXTY,
    EvaluatedTestKind,
    round_weights,
)
from reviews import kinds
from reviews.enums import Action
from reviews.tests.factories import decide, make_filing, submit

pytestmark = pytest.mark.django_db
PAGE = "/enterprise/evaluation/"
#: Session, account, enterprise, history, payload, unread messages; the session kept alive (savepoint, row, release).
QUERIES = 9


@pytest.fixture(autouse=True)
def evaluated_kind(monkeypatch):
    kind = EvaluatedTestKind()
    monkeypatch.setattr(kinds, "_kinds", kinds._kinds | {kind.code: kind})


def in_review(facts, enterprise=None, period=None):
    filing = make_filing(enterprise, kind=EvaluatedTestKind.code)
    filing.answers["evaluation"] = stored(facts)
    filing.period = period or filing.period
    filing.save(update_fields=["answers", "period"])
    return submit(filing)


def stored(facts):
    """Return facts as JSON holds them, whole figures."""
    return {key: int(value) if isinstance(value, Decimal) else value for key, value in facts.items()}


def resubmitted(filing, facts):
    decide(filing, Action.RETURN, comment="请核实。")
    filing.answers["evaluation"] = facts
    filing.save(update_fields=["answers"])
    return submit(filing)


def ended(filing, action=Action.REJECT):
    decide(filing, action, comment="不符合条件。")
    return filing


def page_of(client, enterprise, **query):
    client.force_login(enterprise.account)
    return client.get(PAGE, query)


def text_of(answer):
    """Return the page without tags, so that sentences can be read."""
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", answer.content.decode()))


def test_before_any_submission_the_page_says_that_no_self_test_is_needed(client):
    text = text_of(page_of(client, make_enterprise()))
    assert "还没有可以查看的发展评价" in text
    assert "无需单独自测" in text


def test_an_account_without_basic_information_sees_the_empty_page(client):
    client.force_login(make_legal_person())
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "还没有可以查看的发展评价" in answer.content.decode()


def test_a_score_is_hidden_while_the_review_goes_on_and_shown_when_it_has_ended(client):
    round_weights()
    filing = in_review(SEVENTY)
    text = text_of(page_of(client, filing.enterprise))
    assert "有1件申报正在审核" in text
    assert "70.00" not in text
    ended(filing)
    text = text_of(page_of(client, filing.enterprise))
    assert "70.00分（满分100分）" in text
    assert "正在审核" not in text


def test_a_score_held_down_to_the_cap_is_explained(client):
    round_weights()
    filing = ended(resubmitted(in_review(SEVENTY), EIGHTY))
    text = text_of(page_of(client, filing.enterprise))
    assert "测算得分80.00分，按年度最高得分70.00分计" in text
    assert "70.00分（满分100分）" in text
    assert "第2次提交" in text
    assert "年度各次提交" in text


def test_a_score_below_the_cap_needs_no_explanation(client):
    round_weights()
    filing = ended(resubmitted(in_review(SEVENTY), SIXTY))
    text = text_of(page_of(client, filing.enterprise))
    assert "60.00分（满分100分）" in text
    assert "按年度最高得分" not in text
    assert "年度最高得分70.00分（本年度首次提交的测算得分）" in text


def test_the_page_says_of_the_weights_that_they_are_not_official_until_they_are(client):
    filing = ended(in_review(SEVENTY))
    text = text_of(page_of(client, filing.enterprise))
    assert "非官方权重相关分析仅供参考" in text
    other = make_enterprise()
    weights = round_weights()
    type(weights).objects.filter(pk=weights.pk).update(is_official=True)
    text = text_of(page_of(client, ended(in_review(SEVENTY, other)).enterprise))
    assert "相关分析仅供参考" in text
    assert "非官方权重" not in text


def test_every_indicator_is_shown_with_figure_mean_difference_and_points(client):
    filing = ended(in_review(FACTS | {"chain_work": True}))
    text = text_of(page_of(client, filing.enterprise))
    assert "毛利率超出行业均值情况近三年平均（（主营业务收入－主营业务成本）÷主营业务收入）减行业均值25.00%25.00%平台默认均值+0.00个百分点3.60/6" in text
    assert "细分行业营业收入排名" in text
    assert "不计分" in text
    assert "产业链（加分）2.00/5" in text


def test_a_blank_input_is_named_on_the_page(client):
    filing = ended(in_review({"segment_years": 10}))
    text = text_of(page_of(client, filing.enterprise))
    assert "以下数据没有填写，有关指标计0分" in text
    assert "缺少：质量管理体系认证情况" in text


def test_the_charts_are_drawn_with_words_for_those_who_cannot_see_them(client):
    round_weights()
    filing = ended(in_review(SEVENTY))
    page = page_of(client, filing.enterprise).content.decode()
    assert f'<title id="radar-title">{filing.period}年度五个维度的得分率</title>' in page
    assert f'<desc id="bars-text">{filing.period}年 70.00 分。</desc>' in page
    assert not re.search(r"\sstyle=", page)


@pytest.mark.parametrize("years", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three_years(client, django_assert_num_queries, years):
    enterprise = make_enterprise()
    for place in range(years):
        ended(in_review(SEVENTY, enterprise, period=2026 - place))
    client.force_login(enterprise.account)
    with django_assert_num_queries(QUERIES):
        page = client.get(PAGE).content.decode()
    assert page.count('class="chart__bar') == years


def test_an_earlier_year_can_be_looked_at_and_an_unknown_one_is_not_found(client):
    round_weights()
    enterprise = make_enterprise()
    ended(in_review(SIXTY, enterprise, period=2024))
    ended(in_review(EIGHTY, enterprise, period=2026))
    assert "2026年度得分" in text_of(page_of(client, enterprise))
    text = text_of(page_of(client, enterprise, year="2024"))
    assert "2024年度得分" in text
    assert "60.00分（满分100分）" in text
    for year in ("2025", "abc", "-1", "２０２４", "99999999"):
        assert page_of(client, enterprise, year=year).status_code == 404


def test_an_enterprise_sees_only_its_own_scores(client):
    ended(in_review(SEVENTY))
    assert EvaluationYear.objects.count() == 1
    assert "还没有可以查看的发展评价" in text_of(page_of(client, make_enterprise()))


def test_the_menu_leads_to_the_page_and_marks_it(client):
    page = page_of(client, make_enterprise()).content.decode()
    assert f'<a href="{PAGE}" aria-current="page">专精特新发展评价</a>' in page


def test_the_desk_shows_an_evaluation_from_its_payload_alone(django_assert_num_queries):
    filing = resubmitted(in_review({"segment_years": 5}), SEVENTY)
    evaluation = filing.evaluations.first()
    with django_assert_num_queries(0):
        page = render_to_string("reviews/desk/evaluation.html", {"evaluation": evaluation})
    assert "非官方权重" in page
    assert "超过本年度首次提交的测算得分，按最高得分计" in page
    assert "国家级质量奖或能力等级特级" in page
    assert page.count("<tr>") == 27


def test_other_accounts_are_told_why_the_page_is_not_theirs(client):
    assert client.get(PAGE).url == f"/accounts/login/?next={PAGE}"
    for account in (make_natural_person(), make_officer()):
        client.force_login(account)
        assert client.get(PAGE).status_code == 403
