"""工作监督: the figures of a small world made by hand, and who sees them."""
import datetime
import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.tests.factories import make_enterprise, make_officer, make_operator
from reviews.enums import Action, State
from reviews.models import Filing, FilingStep
from reviews.queries.oversight import Period, standing_period, work_below
from reviews.tests.factories import authority, decide, make_filing, officer_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/reviews/filing/oversight/"
LIST = "/admin/reviews/filing/"
NANJING, SUZHOU = "320100", "320500"
#: Monday to Friday without a holiday in between.
WEEK = Period("own", datetime.date(2026, 5, 18), datetime.date(2026, 5, 22))


@pytest.fixture(autouse=True)
def _fresh_figures():
    cache.clear()


@pytest.fixture
def province(client):
    officer = make_officer("320000")
    client.force_login(officer)
    return officer


def at(day, hour=9):
    return datetime.datetime(2026, 5, day, hour, tzinfo=timezone.get_default_timezone())


def step_at(filing, arrived, decided=None):
    """Move the first step of a filing to the days of May 2026; a filing still there moves with it."""
    FilingStep.objects.filter(filing=filing, position=1, round=1).update(arrived_at=arrived, decided_at=decided)
    if decided is None:
        Filing.objects.filter(pk=filing.pk).update(desk_since=arrived, due_at=at(29))


def made_by_hand():
    """南京 in the week: five came, four decided (after 1, 2, 3 and 2 days), one of them returned; one waits, late.

    One more came to 南京 the week before. 苏州: one came, nothing decided; its filing is not late.
    """
    for days in (1, 2, 3):
        step_at(make_filing(state=State.IN_REVIEW, step=2), at(18), at(18 + days))
    step_at(make_filing(state=State.RETURNED), at(19), at(21))
    step_at(make_filing(state=State.IN_REVIEW), at(22, 8))
    step_at(make_filing(state=State.IN_REVIEW, step=2), at(12), at(13))
    there = make_filing(make_enterprise(region="320508"), state=State.IN_REVIEW)
    step_at(there, at(20))
    Filing.objects.filter(pk=there.pk).update(due_at=timezone.now() + datetime.timedelta(days=3))


def test_the_figures_of_a_week_are_those_of_the_world(province):
    made_by_hand()
    _, rows = work_below(province, province.authority, WEEK)
    nanjing, suzhou = rows
    assert (nanjing.authority.code, suzhou.authority.code) == (NANJING, SUZHOU)
    assert (nanjing.received, nanjing.decided, nanjing.returned) == (5, 4, 1)
    assert (nanjing.per_day, nanjing.mean_days, nanjing.return_rate) == (0.8, 2.0, 25.0)
    assert (nanjing.waiting, nanjing.overdue, nanjing.oldest) == (1, 1, at(22, 8))
    assert (suzhou.received, suzhou.decided, suzhou.per_day) == (1, 0, 0)
    assert (suzhou.mean_days, suzhou.return_rate) == (None, None)
    assert (suzhou.waiting, suzhou.overdue) == (1, 0)


def test_every_number_is_the_row_count_behind_it(client, province):
    made_by_hand()
    page = client.get(PAGE, {"period": "own", "first": "2026-05-18", "last": "2026-05-22"}).content.decode()
    found = re.findall(r'<a (?:class="home-late" )?href="([^"]+)">(\d+)</a>', page)
    counts = {}
    for address, number in found:
        context = client.get(address.replace("&amp;", "&")).context
        counts[address] = (int(number), context["count"] if "scope=" in address else len(context["rows"]))
    assert sorted(number for number, _ in counts.values()) == [1, 1, 1, 1, 1, 4, 5]
    assert all(number == rows for number, rows in counts.values())


def test_the_ministry_sees_provinces_and_goes_down_to_counties(client):
    made_by_hand()
    client.force_login(make_officer("000000"))
    page = client.get(PAGE).content.decode()
    assert "江苏省" in page
    assert "南京市" not in page
    page = client.get(PAGE, {"authority": authority("320000").pk}).content.decode()
    assert "南京市" in page
    assert "苏州市" in page
    assert "玄武区" in client.get(PAGE, {"authority": authority(NANJING).pk}).content.decode()


@pytest.mark.parametrize(("code", "other"), [("320000", "210000"), (NANJING, SUZHOU), (NANJING, "320000")])
def test_nobody_looks_beyond_his_area(client, code, other):
    client.force_login(make_officer(code))
    assert client.get(PAGE).status_code == 200
    assert client.get(PAGE, {"authority": authority(other).pk}).status_code == 404
    steps = f"{PAGE}{authority(other).pk}/steps/"
    assert client.get(steps, {"what": "received"}).status_code == 404
    assert client.get(f"{PAGE}{authority(other).pk}/remind/").status_code == 404


def test_who_has_nobody_below_has_no_such_page_and_no_entry_in_the_menu(client):
    for person in (make_officer("320102"), make_operator()):
        client.force_login(person)
        assert client.get(PAGE).status_code == 404
        assert "工作监督" not in client.get("/admin/").content.decode()
    client.force_login(make_officer(NANJING))
    assert f'<a href="{PAGE}" aria-current="page">工作监督</a>' in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("2026-05-22", "2026-05-18", "开始日期 2026-05-22 晚于结束日期 2026-05-18"),
        ("2025-01-01", "2026-05-18", "2025-01-01 至 2026-05-18 超过 366 天"),
        ("2026-05-18", "2099-01-01", "结束日期 2099-01-01 晚于今天"),
        ("", "2026-05-18", "自定时段须填写开始日期"),
        ("昨天", "2026-05-18", "开始日期应为日期"),
    ],
)
def test_a_period_that_breaks_a_rule_is_named_and_stays_typed(client, province, first, last, sentence):
    answer = client.get(PAGE, {"period": "own", "first": first, "last": last})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert f'value="{first}"' in page or not first
    assert '<option value="own" selected>' in page


def test_a_year_of_366_days_is_allowed(client, province):
    assert client.get(PAGE, {"period": "own", "first": "2025-05-18", "last": "2026-05-18"}).status_code == 200
    today = datetime.date(2026, 5, 20)
    assert standing_period("month", today).first == datetime.date(2026, 5, 1)
    assert standing_period("year", today).first == datetime.date(2026, 1, 1)
    assert standing_period("days", today).first == datetime.date(2026, 4, 21)


@pytest.mark.parametrize("authorities", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_for_three(client, django_assert_num_queries, authorities):
    parent = authority("500000") if authorities == 1 else authority("320000")
    if authorities == 3:
        authority(SUZHOU)
        extra = authority(NANJING)
        extra.pk, extra.code, extra.short_name = None, "320600", "南通市"
        extra.save()
    region = "500103" if authorities == 1 else "320102"
    make_filing(make_enterprise(region=region), state=State.IN_REVIEW)
    client.force_login(make_officer(parent.code))
    cache.clear()
    # session, account, authority; jurisdiction, areas below, steps, what waits, today's reminders, holidays; then the
    # session is saved (3).
    with django_assert_num_queries(12):
        assert len(client.get(PAGE).context["rows"]) == authorities


@pytest.mark.parametrize("filings", [1, 3])
def test_the_steps_behind_a_number_take_the_same_queries(client, province, django_assert_num_queries, filings):
    for _ in range(filings):
        make_filing(state=State.IN_REVIEW)
    address = f"{PAGE}{authority(NANJING).pk}/steps/"
    # session, account, authority, jurisdiction with the two above, the steps; then the session is saved (3).
    with django_assert_num_queries(8):
        rows = client.get(address, {"what": "received"}).context["rows"]
    assert len(rows) == filings


def test_a_long_list_of_steps_goes_on_page_by_page(client, province, monkeypatch):
    from reviews.admin.oversight import overview

    monkeypatch.setattr(overview, "PER_PAGE", 2)
    for _ in range(3):
        make_filing(state=State.IN_REVIEW)
    address = f"{PAGE}{authority(NANJING).pk}/steps/"
    first = client.get(address, {"what": "received"}).context
    second = client.get(address, {"what": "received", "before": first["older"]}).context
    assert [len(first["rows"]), len(second["rows"])] == [2, 1]
    assert client.get(address, {"what": "nonsense"}).status_code == 404


def test_a_return_by_the_province_counts_where_the_filing_was(province):
    filing = make_filing(state=State.IN_REVIEW, kind="test_giant")
    decide(filing, Action.RETURN, comment="材料不全。", user=officer_of(filing.province))
    _, rows = work_below(province, province.authority, standing_period("days"))
    assert next(row for row in rows if row.authority.code == NANJING).returned == 1
