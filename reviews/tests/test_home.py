"""工作台首页: what waits, with numbers that are the rows of the list behind them."""
import datetime
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.models import Industry
from accounts.tests.factories import make_enterprise, make_officer, make_operator
from portal.tools import kept
from reviews.enums import State
from reviews.models import Filing, FilingStep, Reminder, Window
from reviews.queries import figures, home
from reviews.queries.ages import AGES, Calendar, waited
from reviews.tests.factories import authority, end_publicity, make_filing, officer_of, publicise
from reviews.tests.objections import record as open_objection

pytestmark = pytest.mark.django_db

HOME = "/admin/"
LIST = "/admin/reviews/filing/"
HERE = timezone.get_default_timezone()


@pytest.fixture(autouse=True)
def _fresh_figures():
    cache.clear()


@pytest.fixture
def city(client):
    officer = make_officer("320100")
    client.force_login(officer)
    return officer


def waiting_since(filing, days):
    Filing.objects.filter(pk=filing.pk).update(desk_since=timezone.now() - datetime.timedelta(days=days))


def rows_behind(client, address):
    return client.get(address).context["count"]


def numbers(page):
    """Return [(address, number)] of every figure of the page that leads to the work list."""
    found = re.findall(rf'<a href="({LIST}[^"]*)"[^>]*>(?:<strong>)?(\d+)(?:</strong>)?', page)
    return [(address.replace("&amp;", "&"), int(count)) for address, count in found]


def world():
    """Two in review at 南京 (one late, one near its deadline), one each returned, approved and rejected."""
    now = timezone.now()
    Industry.objects.get_or_create(code="I", defaults={"name": "信息传输、软件和信息技术服务业", "level": 1, "section": "I"})
    late = make_filing(make_enterprise(name="南京最早有限公司"), state=State.IN_REVIEW)
    soon = make_filing(state=State.IN_REVIEW, kind="test_update")
    Filing.objects.filter(pk=late.pk).update(
        desk_since=now - datetime.timedelta(days=40), due_at=now - datetime.timedelta(days=20), industry_section="C"
    )
    Filing.objects.filter(pk=soon.pk).update(due_at=now + datetime.timedelta(hours=20), industry_section="I")
    back = make_filing(state=State.RETURNED)
    FilingStep.objects.filter(filing=back, outcome="returned").update(decided_at=now - datetime.timedelta(days=31))
    make_filing(make_enterprise(region="320508"), state=State.REJECTED)
    make_filing(state=State.APPROVED)
    return late, soon, back


def test_the_home_page_counts_by_kind_and_age_and_names_the_oldest(client, city):
    late, soon, _ = world()
    Filing.objects.filter(pk=soon.pk).update(handler=city)
    found = home.officer_home(city)
    by_kind = {waiting.kind.code: (waiting.total.shown, [age.shown for age in waiting.ages]) for waiting in found.desk}
    assert by_kind["test_application"] == ("1", ["0", "0", "0", "1"])
    assert by_kind["test_update"][0] == "1"
    assert (found.total.shown, found.mine.shown) == ("2", "1")
    assert [(number.label, number.shown) for number in found.urgent] == [("已超期", "1"), ("3 个工作日内到期", "1")]
    assert [number.shown for number in found.returned] == ["1", "1", "1", "0"]
    page = client.get(HOME).content.decode()
    assert "南京最早有限公司" in page
    assert reverse("admin:reviews_filing_change", args=[late.pk]) in page
    for label in ("申报件", "公示公告", "申报开放时间", "已认定企业"):
        assert label in page


@pytest.mark.parametrize("by", ["area", "tier", "industry", "state"])
@pytest.mark.parametrize("code", ["320000", "320100"])
def test_every_number_is_the_row_count_of_the_list_it_leads_to(client, by, code):
    world()
    make_filing(state=State.IN_REVIEW, step=2)
    client.force_login(make_officer(code))
    found = numbers(client.get(HOME, {"by": by}).content.decode())
    assert len(found) > 12
    assert {address: rows_behind(client, address) for address, _ in found} == dict(found)


def test_the_figures_stand_by_state_and_area(client):
    world()
    province = make_officer("320000")
    table = figures.area_figures(province, "area")
    assert {row.label: (row.total.count, [cell.count for cell in row.cells]) for row in table.rows} == {
        "南京市": (4, [2, 1, 1, 0, 0, 0]), "苏州市": (1, [0, 0, 0, 0, 0, 1]),
    }  # fmt: skip
    assert (table.sums.total.count, table.chart.bars[0].shown) == (5, "4")
    industries = [row.label for row in figures.area_figures(province, "industry").rows]
    assert industries == ["C 制造业", "I 信息传输、软件和信息技术服务业", "未填行业"]


def test_the_figures_are_counted_once_in_five_minutes_and_say_when(client, city, monkeypatch):
    make_filing(state=State.RETURNED)
    assert figures.area_figures(city, "tier").sums.total.count == 1
    make_filing(state=State.RETURNED)
    old = figures.area_figures(city, "tier")
    assert old.sums.total.count == 1
    assert f"截至 {timezone.localtime(old.at):%H:%M}" in client.get(HOME).content.decode()
    monkeypatch.setattr(kept, "KEPT_FOR", datetime.timedelta(0))
    assert figures.area_figures(city, "tier").sums.total.count == 2


def test_without_redis_the_figures_are_counted_for_the_page(city, settings, tmp_path):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"unix://{tmp_path}/nobody.sock?db=1"}}
    make_filing(state=State.RETURNED)
    assert figures.area_figures(city, "tier").sums.total.count == 1


def test_while_one_counts_anew_the_others_take_the_old_figures(city, monkeypatch):
    make_filing(state=State.RETURNED)
    figures.area_figures(city, "tier")
    make_filing(state=State.RETURNED)
    monkeypatch.setattr(kept, "KEPT_FOR", datetime.timedelta(0))
    cache.set(f"desk-figures:1:{city.authority_id}:lock", 1, 60)
    assert figures.area_figures(city, "tier").sums.total.count == 1


def test_the_home_page_stops_counting(client, city, monkeypatch):
    for _ in range(3):
        make_filing(state=State.IN_REVIEW)
    monkeypatch.setattr(home, "HOME_CAP", 2)
    assert home.officer_home(city).total.shown == "2+"


def test_classes_of_waiting_count_working_days(city):
    # Monday 2026-05-25; 23 and 24 May are a weekend, so what came on Friday has waited one working day.
    calendar = Calendar(datetime.date(2026, 5, 25))
    filings = {day: make_filing(state=State.IN_REVIEW) for day in (25, 22, 20, 19, 14, 13)}
    for day, filing in filings.items():
        at = datetime.datetime(2026, 5, day, 15, tzinfo=HERE)
        Filing.objects.filter(pk=filing.pk).update(desk_since=at)
    days = {pk: day for day, filing in filings.items() for pk in [filing.pk]}
    found = {
        label: sorted(days[row.pk] for row in waited(Filing.objects.on_desk_of(city), value, calendar))
        for value, label in AGES
    }
    assert found == {"不满 1 日": [25], "1–3 日": [20, 22], "4–7 日": [14, 19], "超过 7 日": [13]}
    assert calendar.soon() == datetime.datetime(2026, 5, 29, tzinfo=HERE)


def test_a_publishing_province_is_told_what_waits_for_publicity(client):
    filing = make_filing(state=State.APPROVED)
    client.force_login(officer_of(filing.province))
    page = client.get(HOME).content.decode()
    assert "审核通过待公示" in page
    assert "publicitylist/add/?kind=test_application" in page
    client.force_login(make_officer("320000", OfficerRole.REVIEWER))
    assert "publicitylist/add/" not in client.get(HOME).content.decode()


def test_windows_and_running_lists_say_how_many_days_are_left(client):
    filing = make_filing(state=State.APPROVED)
    listed = publicise(filing)
    open_objection(listed)
    manager = officer_of(listed.authority)
    Window.objects.create(
        kind="test_update", authority=manager.authority, period=2027,
        opens_at=timezone.now() + datetime.timedelta(days=9), closes_at=timezone.now() + datetime.timedelta(days=60),
    )
    client.force_login(manager)
    page = client.get(HOME).content.decode()
    assert "还有 30 天截止" in page
    assert "9 天后开放" in page
    assert "还有 7 天" in page
    assert "1 件异议核查中" in page
    end_publicity(listed)
    assert "公示期已满</strong>，可以公告" in client.get(HOME).content.decode()


def test_a_reminder_stands_at_the_top_until_it_is_seen(client, city):
    sender = make_officer("320000")
    reminder = Reminder.objects.create(
        authority=city.authority, sender=sender.authority, sent_by=sender, text="请尽快办理超期件。"
    )
    assert "请尽快办理超期件。" in client.get(HOME).content.decode()
    client.post(f"/admin/reviews/filing/oversight/reminders/{reminder.pk}/seen/")
    assert "请尽快办理超期件。" not in client.get(HOME).content.decode()


def test_an_empty_desk_says_what_to_do(client):
    client.force_login(make_officer("210000", OfficerRole.MANAGER))
    page = client.get(HOME).content.decode()
    for sentence in ("目前没有等待辽宁省审核的申报件", "设置申报开放时间", "没有退回后未重新提交", "还没有提交的申报件"):
        assert sentence in page


@pytest.mark.parametrize("filings", [1, 3])
def test_the_home_page_takes_few_queries(client, django_assert_num_queries, filings):
    for _ in range(filings):
        make_filing(state=State.IN_REVIEW)
        make_filing(state=State.RETURNED)
        publicise(make_filing(state=State.APPROVED))
    client.force_login(make_officer("320100"))
    client.get(HOME)
    # session, account, authority; holidays, the desk and its oldest, returned; the authorities above (2), windows,
    # lists, reminders, two kinds of jobs; two counts of requests; areas below; then the session is saved (3). The
    # figures come from the cache.
    with django_assert_num_queries(20):
        client.get(HOME)


def test_counting_the_area_takes_two_queries(django_assert_num_queries):
    world()
    province = make_officer("320000")
    with django_assert_num_queries(2):
        figures.count_area(province)


def test_the_operators_home_has_no_work_list(client):
    client.force_login(make_operator())
    page = client.get(HOME).content.decode()
    assert "待我审核" not in page
    assert LIST not in page


def test_a_link_keeps_what_it_filters_by(client, city):
    waiting_since(make_filing(state=State.IN_REVIEW), 60)
    found = [parse_qs(urlsplit(address).query) for address, _ in numbers(client.get(HOME).content.decode())]
    assert {"kind": ["test_application"], "waited": ["8"]} in found
    assert {"waited": ["8"]} in found


def test_a_merged_county_is_named_as_out_of_use(client):
    make_filing(state=State.REJECTED)
    row = authority("320100")
    row.is_active = False
    row.save()
    assert "南京市（已停用）" in [line.label for line in figures.area_figures(make_officer("320000"), "area").rows]
