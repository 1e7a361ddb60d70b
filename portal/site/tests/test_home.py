"""首页: what visitors, enterprises and officers find there."""
import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from accounts.tests.factories import make_authority_tree, make_enterprise, make_natural_person, make_officer
from reviews.enums import State
from reviews.models import Window
from reviews.tests.factories import KIND, authority, make_filing, open_window, publicise

pytestmark = pytest.mark.django_db
WINDOWS = "/windows/#test"


def text_of(response):
    """Return what a reader sees, without tags and runs of white space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def card_of(response, title="测试企业"):
    """Return the card of one tier as the page has it."""
    cards = re.findall(r"<article.*?</article>", response.content.decode(), re.DOTALL)
    return next(card for card in cards if f">{title}</h3>" in card)


def test_a_visitor_can_sign_in_apply_and_find_the_telephone_numbers(client):
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 200
    assert f'href="{reverse("accounts:login")}">登录</a>' in page
    assert f'href="{WINDOWS}">去申报' in card_of(response)
    assert "企业申报主页" not in page
    assert "退出" not in page
    for contact in ("12381（座机请前加拨010）", "010-87901037、010-87901032", "gxbzjtx@163.com", "010-68209141、010-68209153"):
        assert contact in page
    assert '<html lang="zh-CN">' in page
    assert 'href="#main"' in page
    assert '<main id="main"' in page


def test_an_enterprise_sees_its_verified_name_its_own_page_and_can_sign_out(client):
    enterprise = make_enterprise("测试精密机械有限公司")
    client.force_login(enterprise.account)
    response = client.get("/")
    page = response.content.decode()
    assert f'href="{reverse("applications:home")}">企业申报主页</a>' in page
    assert 'href="/">首页</a>' in page
    assert ">测试精密机械有限公司</span>" in page
    assert f'method="post" action="{reverse("accounts:logout")}"' in page
    assert "csrfmiddlewaretoken" in page
    assert f'href="{WINDOWS}">去申报' in card_of(response)
    assert ">登录</a>" not in page


def test_an_officer_is_led_to_the_review_desk_and_not_invited_to_apply(client):
    client.force_login(make_officer("320100"))
    response = client.get("/")
    page = response.content.decode()
    assert f'href="{reverse("admin:index")}">审核工作台</a>' in page
    assert "企业申报主页" not in page
    assert "去申报" not in card_of(response)


def test_a_natural_person_is_not_invited_to_apply(client):
    client.force_login(make_natural_person())
    assert "去申报" not in card_of(client.get("/"))


def test_each_tier_has_a_card_that_leads_to_applying_and_to_renewing(client):
    response = client.get("/")
    titles = re.findall(r'tier-card__title">([^<]+)<', response.content.decode())
    tiers = ["创新型中小企业", "专精特新中小企业", "专精特新“小巨人”企业"]
    assert [title for title in titles if title in tiers] == tiers
    for tier, title in zip(("innovative", "specialized", "little_giant"), tiers, strict=True):
        card = card_of(response, title)
        assert f'href="/windows/#{tier}">去申报' in card
        assert 'href="/enterprise/renewals/">去复核' in card


def test_a_kind_without_renewal_offers_none(client):
    assert "去复核" not in card_of(client.get("/"))


def test_the_module_of_digital_change_leads_to_the_self_test(client):
    page = client.get("/").content.decode()
    assert 'href="#tiers-title">梯度培育</a>' in page
    assert 'href="#digital-title">数字化转型</a>' in page
    assert f'href="{reverse("applications:digital")}">去自评' in card_of(client.get("/"), "数字化水平评测")


def test_the_card_of_the_technology_tier_leads_away_only_when_its_address_is_set(client, settings):
    settings.TECH_SME_URL = ""
    assert "立即前往" not in client.get("/").content.decode()
    settings.TECH_SME_URL = "https://tech.example/"
    assert 'href="https://tech.example/" rel="external">立即前往' in card_of(client.get("/"), "科技型中小企业")


def test_the_card_names_the_places_that_are_open_with_their_last_moment(client):
    make_authority_tree()
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    make_window("320000", today - datetime.timedelta(days=3), today + datetime.timedelta(days=5))
    make_window("500000", today - datetime.timedelta(days=9), today - datetime.timedelta(days=1))
    card = card_of(client.get("/"))
    last_day = (today + datetime.timedelta(days=4)).date()
    assert "江苏省" in card
    assert f"截止 {last_day.year}年{last_day.month}月{last_day.day}日 24:00" in card
    assert "重庆市" not in card
    assert f'href="{WINDOWS}">去申报' in card


def test_the_card_says_when_the_next_window_opens_while_none_is_open(client):
    make_authority_tree()
    day = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    make_window("500000", day + datetime.timedelta(days=8), day + datetime.timedelta(days=30))
    make_window("320000", day + datetime.timedelta(days=4), day + datetime.timedelta(days=40))
    opens = (day + datetime.timedelta(days=4)).date()
    card = re.sub(r"\s+", "", card_of(client.get("/")))
    assert f"最近一次：江苏省，{opens.year}年{opens.month}月{opens.day}日09:00开放" in card
    assert "正在开放" not in card


def test_without_windows_and_lists_the_page_says_so(client):
    page = text_of(client.get("/"))
    assert "目前没有地区开放申报" in page
    assert "开放时间以各地工作通知为准" in page
    assert "暂无公示公告" in page


def part_of(page, code):
    """Return what a reader sees of one part (申报 or 复核) of the windows page."""
    part = re.search(rf'aria-labelledby="{code}">.*?</section>', page, re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_the_windows_page_lists_open_coming_and_closed_places_with_telephone(client):
    make_authority_tree()
    now = timezone.now()
    make_window("320000", now - datetime.timedelta(days=3), now + datetime.timedelta(days=5))
    make_window("500000", now + datetime.timedelta(days=3), now + datetime.timedelta(days=5))
    make_window("210200", now - datetime.timedelta(days=8), now - datetime.timedelta(hours=1))
    part = part_of(client.get("/windows/").content.decode(), KIND)
    is_open, coming, closed = part.index("正在开放（1）"), part.index("即将开放（1）"), part.index("未开放的地区（2）")
    assert is_open < part.index("江苏省", is_open) < coming < part.index("重庆市", coming) < closed
    assert "咨询电话 010-32000000" in part
    assert "下次开放时间尚未公布" in part[closed:]
    assert part.index("辽宁省") > closed
    assert part.index("大连市") > closed
    assert "江苏省" not in part[closed:]


def test_each_tier_has_an_anchor_with_applying_and_renewing_under_it(client):
    page = client.get("/windows/").content.decode()
    for tier in ("innovative", "specialized", "little_giant"):
        section = page[page.index(f'id="{tier}"') :]
        assert section.index(f'id="{tier}_application"') < section.index(f'id="{tier}_renewal"')
    assert 'href="/enterprise/renewals/">复核' in page


def test_renewals_have_windows_of_their_own(client):
    now = timezone.now()
    Window.objects.create(
        kind="specialized_renewal", authority=authority("500000"), period=2026, opens_at=now,
        closes_at=now + datetime.timedelta(days=5),
    )
    page = client.get("/windows/").content.decode()
    assert "正在开放（1）" in part_of(page, "specialized_renewal")
    assert "目前没有地区开放申报。" in part_of(page, "specialized_application")
    assert "1 个地区正在开放" in card_of(client.get("/"), "专精特新中小企业")


def test_the_little_giant_is_opened_by_the_ministry_and_lists_no_provinces(client):
    make_authority_tree()
    closed = part_of(client.get("/windows/").content.decode(), "little_giant_application")
    assert "目前未开放，下次开放时间尚未公布。" in closed
    assert "江苏省" not in closed
    now = timezone.now()
    Window.objects.create(
        kind="little_giant_application", authority=authority("000000"), period=2026, opens_at=now,
        closes_at=now + datetime.timedelta(days=5),
    )
    assert "全国" in part_of(client.get("/windows/").content.decode(), "little_giant_application")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_windows_page_takes_two_queries_whatever_it_shows(client, django_assert_num_queries, rows):
    now = timezone.now()
    for code in ["320000", "210200", "500000"][:rows]:
        make_window(code, now - datetime.timedelta(days=3), now + datetime.timedelta(days=5))
    with django_assert_num_queries(2):
        page = client.get("/windows/").content.decode()
    assert f"正在开放（{rows}）" in part_of(page, KIND)


def test_a_national_window_is_shown_as_the_whole_nation(client):
    make_authority_tree()
    now = timezone.now()
    make_window("000000", now - datetime.timedelta(days=3), now + datetime.timedelta(days=5))
    assert "<strong>全国</strong>" in card_of(client.get("/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_home_page_of_a_visitor_takes_two_queries_whatever_it_shows(client, django_assert_num_queries, rows):
    for code in ["320000", "210200", "500000"][:rows]:
        region = {"320000": "320102", "210200": "210202", "500000": "500103"}[code]
        publicise(make_filing(state=State.APPROVED, region=region))
    with django_assert_num_queries(2):
        response = client.get("/")
    assert response.content.decode().count("公示名单</a>") == rows


def test_the_home_page_of_an_enterprise_does_not_count_its_messages(client, django_assert_num_queries):
    enterprise = make_enterprise()
    make_message(enterprise)
    open_window()
    client.force_login(enterprise.account)
    client.get("/")
    # session, account, windows, lists, and the rolling session is saved (savepoint, update, release)
    with django_assert_num_queries(7):
        client.get("/")


def make_window(code, opens_at, closes_at):
    """Open the test kind at an authority."""
    return Window.objects.create(
        kind=KIND, authority=authority(code), period=2026, opens_at=opens_at, closes_at=closes_at
    )


def make_message(enterprise):
    """Leave an unread 系统消息 for the enterprise."""
    return Notice.objects.create(
        recipient=enterprise.account, channel="message", key=f"test:{enterprise.pk}", title="通知", body="内容",
        state="sent", sent_at=timezone.now(),
    )
