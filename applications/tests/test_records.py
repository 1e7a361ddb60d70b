"""申报记录, 详情 and 企业主页 over the tiers: where a filing is, who has it, since when, and what can be done next."""
import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_enterprise
from applications.models import Evaluation
from applications.tests import filled, filled_little_giant, filled_specialized
from applications.tests.filled_tiers import assessed
from applications.tests.titles import make_renewable, make_title, to_title
from reviews.enums import Action, State
from reviews.models import Filing
from reviews.tests.factories import decide, open_window, publicise

pytestmark = pytest.mark.django_db

HOME = "/enterprise/"
FILINGS = "/enterprise/filings/"


def page_of(client, enterprise, address=FILINGS):
    client.force_login(enterprise.account)
    return client.get(address).content.decode()


def stages_of(page):
    """Return [(name, look)] of the first line of stages on a page."""
    line = re.search(r'<ol class="stage-line".*?</ol>', page, re.DOTALL)[0]
    return re.findall(r'stage-line__name">([^<]+)</span><span class="visually-hidden">（([^）]+)）', line)


def card_of(page, code):
    """Return the card of one kind on a page."""
    return re.search(rf'aria-labelledby="card-{code}".*?</section>', page, re.DOTALL)[0]


def test_the_record_shows_the_way_with_what_is_done_and_what_comes(client):
    filing = filled_little_giant.make_submitted()
    decide(filing)
    assert stages_of(page_of(client, filing.enterprise)) == [
        ("提交", "已完成"), ("南京市", "已完成"), ("江苏省", "进行中"), ("工业和信息化部", "未开始"), ("公示", "未开始"),
        ("公告", "未开始"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "current"),
    [
        (State.DRAFT, ("提交", "进行中")), (State.RETURNED, ("提交", "已退回")), (State.REJECTED, ("南京市", "未通过")),
        (State.APPROVED, ("公示", "进行中")), (State.PUBLICISED, ("公示", "进行中")),
    ],
)  # fmt: skip
def test_the_way_shows_where_each_state_stands(client, state, current):
    filing = filled.make_complete_draft() if state == State.DRAFT else filled.make_submitted()
    if state in (State.RETURNED, State.REJECTED):
        decide(filing, Action.RETURN if state == State.RETURNED else Action.REJECT, comment="请改正。")
    while state in (State.APPROVED, State.PUBLICISED) and filing.state == State.IN_REVIEW:
        decide(filing)
    if state == State.PUBLICISED:
        publicise(filing)
    assert [stage for stage in stages_of(page_of(client, filing.enterprise)) if stage[1] not in ("已完成", "未开始")] == [
        current
    ]


def test_a_recognised_filing_has_its_whole_way_behind_it(client):
    title = make_title()
    assert {look for _, look in stages_of(page_of(client, title.enterprise))} == {"已完成"}


@pytest.mark.parametrize(("days", "words"), [(0, "今天收到"), (3, "已等待 3 天")])
def test_the_record_says_who_has_it_since_when_and_whom_to_call(client, days, words):
    filing = filled.make_submitted()
    Filing.objects.filter(pk=filing.pk).update(desk_since=timezone.now() - datetime.timedelta(days=days))
    for address in (FILINGS, HOME, reverse("applications:filing", args=[filing.pk])):
        page = page_of(client, filing.enterprise, address)
        assert filing.desk.name in page
        assert words in page
        assert f"咨询电话 {filing.desk.telephone}" in page


def test_a_filing_that_waits_for_publicity_names_who_publicises(client):
    filing = filled_little_giant.make_submitted()
    while filing.state == State.IN_REVIEW:
        decide(filing)
    assert "审核已通过，等待工业和信息化部公示" in page_of(client, filing.enterprise)


@pytest.mark.parametrize(("action", "word"), [(Action.RETURN, "退回："), (Action.REJECT, "不予通过：")])
def test_the_record_repeats_why_it_was_returned_or_refused(client, action, word):
    filing = filled.make_submitted()
    decide(filing, action, comment="主导产品与营业执照不符。")
    page = page_of(client, filing.enterprise)
    assert word in page
    assert "主导产品与营业执照不符。" in page


def test_the_reason_of_an_earlier_return_is_gone_after_the_resubmission(client):
    filing = filled.make_submitted()
    decide(filing, Action.RETURN, comment="主导产品与营业执照不符。")
    filled.type_in(filing, {"statement": {"overview": "改过。"}})
    filled_specialized.shared.submitted(filing)
    assert "主导产品与营业执照不符。" not in page_of(client, filing.enterprise)


def test_the_score_of_the_evaluation_is_shown_when_the_review_has_ended_and_not_before(client):
    filing = filled_specialized.make_submitted()
    score = f"{Evaluation.objects.get().score}"
    detail = reverse("applications:filing", args=[filing.pk])
    for address in (FILINGS, detail):
        assert "<dt>专精特新发展评价得分" not in page_of(client, filing.enterprise, address)
    decide(filing, Action.REJECT, comment="不符合。")
    for address in (FILINGS, detail):
        assert "非官方权重" in page_of(client, filing.enterprise, address)
        page = page_of(client, filing.enterprise, address)
        assert "<dt>专精特新发展评价得分" in page
        assert score in page


def test_after_the_submit_the_page_says_who_has_it_what_follows_and_offers_the_document(client):
    filing = filled_little_giant.make_submitted()
    address = reverse("applications:filing", args=[filing.pk])
    page = page_of(client, filing.enterprise, address)
    banner = page[page.index("提交成功") : page.index("办理情况")]
    assert filing.number in banner
    assert f"现由{filing.desk.name}审核，咨询电话" in banner
    steps = ["南京市中小企业主管部门审核", "江苏省中小企业主管部门审核", "工业和信息化部审核", "工业和信息化部公示、公告"]
    assert [re.sub(r"\s", "", step) for step in re.findall(r"<li>(.*?)</li>", banner)] == steps
    assert "或江苏省中小企业主管部门【退回】" in banner
    assert f'action="{reverse("reviews:document_request", args=[filing.pk])}"' in banner
    decide(filing)
    assert "提交成功" not in page_of(client, filing.enterprise, address)


def test_each_tier_has_a_card_with_its_window_its_warning_and_its_button(client):
    enterprise = make_enterprise()
    assessed(enterprise)
    open_window("specialized_application")
    open_window("little_giant_application", "000000")
    page = page_of(client, enterprise)
    assert "目前未开放，下次开放时间尚未公布" in card_of(page, "innovative_application")
    specialized = card_of(page, "specialized_application")
    assert "<strong>江苏省</strong>" in specialized
    assert "平台对申报顺序不做判断，仍可申报" in specialized
    assert 'action="/enterprise/filings/start/specialized_application/"' in specialized
    assert "<strong>全国</strong>" in card_of(page, "little_giant_application")


def test_a_card_without_digital_assessment_leads_to_the_self_test(client):
    open_window("specialized_application")
    card = card_of(page_of(client, make_enterprise()), "specialized_application")
    assert "温馨提示：" in card
    assert 'href="/enterprise/digital-assessment/?next=/enterprise/filings/">去自评</a>' in card
    assert "/start/" not in card


def test_starting_without_digital_assessment_is_refused_with_the_same_way_on(client):
    enterprise = make_enterprise()
    open_window("specialized_application")
    client.force_login(enterprise.account)
    answer = client.post("/enterprise/filings/start/specialized_application/")
    assert answer.status_code == 409
    assert "去自评</a>" in answer.content.decode()
    assert not Filing.objects.exists()


def test_home_shows_every_title_that_is_held_highest_first(client):
    enterprise = make_enterprise()
    innovative, specialized = make_title("innovative", enterprise), make_title("specialized", enterprise)
    page = page_of(client, enterprise, HOME)
    assert page.index(specialized.number) < page.index(innovative.number)
    assert "未认定" not in page


def test_home_shows_all_filings_under_way_and_leaves_out_what_is_settled(client):
    enterprise = make_enterprise()
    title = make_title("innovative", enterprise)
    specialized, giant = filled_specialized.make_submitted(enterprise), filled_little_giant.make_draft(enterprise)
    page = page_of(client, enterprise, HOME)
    assert page.count('<article class="filing-record"') == 2
    assert specialized.number in page
    assert f'href="/enterprise/filings/{giant.pk}/fill/"' in page
    assert title.filing.number not in page
    assert "<strong>创新型中小企业申报</strong>" not in page
    assert "<strong>创新型中小企业复核</strong>" not in page


def test_home_speaks_of_a_renewal_that_is_near(client):
    title = make_renewable(ends_in=60)
    page = page_of(client, title.enterprise, HOME)
    assert "<strong>创新型中小企业复核</strong>" in page
    assert "距到期还有 60 天" in page
    assert 'action="/enterprise/filings/start/innovative_renewal/"' in page


#: One query fewer with all three, because no card is left that asks for the 数字化水平评测.
@pytest.mark.parametrize(("count", "queries"), [(1, 15), (3, 14)])
def test_home_takes_no_query_more_for_three_filings_under_way(client, django_assert_num_queries, count, queries):
    enterprise = make_enterprise()
    for made in (filled, filled_specialized, filled_little_giant)[:count]:
        made.make_submitted(enterprise)
    client.force_login(enterprise.account)
    with django_assert_num_queries(queries):
        page = client.get(HOME).content.decode()
    assert page.count('<article class="filing-record"') == count


@pytest.mark.parametrize(("count", "queries"), [(1, 16), (3, 15)])
def test_the_records_take_no_query_more_for_three_titles(client, django_assert_num_queries, count, queries):
    enterprise = make_enterprise()
    for made in (filled, filled_specialized, filled_little_giant)[:count]:
        to_title(made.make_submitted(enterprise))
    client.force_login(enterprise.account)
    with django_assert_num_queries(queries):
        page = client.get(FILINGS).content.decode()
    assert page.count('<article class="filing-record"') == count
