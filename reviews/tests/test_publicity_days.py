"""公示工作日数 and 节假日调整: when a publicity ends."""
import datetime

import pytest
from django.utils import timezone

from accounts.tests.factories import make_officer, make_operator
from portal.tools.errors import NotPermitted, Refused
from reviews.enums import State
from reviews.models import HolidayOverride, PublicityList
from reviews.services import publicity
from reviews.services.holidays import save_holiday
from reviews.tests.factories import make_filing, make_publicity, officer_of

pytestmark = pytest.mark.django_db
LISTS = "/admin/reviews/publicitylist/"
HOLIDAYS = "/admin/reviews/holidayoverride/"


def day(offset):
    return timezone.localdate() + datetime.timedelta(days=offset)


def test_five_working_days_pass_over_the_national_day_and_count_the_make_up_saturday():
    assert publicity.closing_day(datetime.date(2025, 9, 29), 5) == datetime.date(2025, 10, 11)


def test_a_later_last_day_is_kept_and_an_earlier_one_is_refused_with_the_rule():
    first = datetime.date(2025, 9, 29)
    later = datetime.date(2025, 10, 20)
    assert publicity.closing_day(first, 5, later) == later
    with pytest.raises(Refused, match="第 5 个工作日是 2025-10-11"):
        publicity.closing_day(first, 5, datetime.date(2025, 10, 10))


@pytest.mark.parametrize("count", [0, 31])
def test_a_publicity_has_one_to_thirty_working_days(count):
    with pytest.raises(Refused, match=f"1 至 30 之间的整数，填写的是 {count}"):
        publicity.closing_day(datetime.date(2025, 9, 29), count)


def test_a_list_keeps_its_working_days_and_the_day_that_follows_from_them():
    filing = make_filing(state=State.APPROVED)
    listed = publicity.create_list(
        user=officer_of(filing.province), kind_code=filing.kind, title="名单", starts_on=day(0), working_days=1,
        contact="025",
    )
    listed = PublicityList.objects.get(pk=listed.pk)
    assert listed.working_days == 1
    assert listed.ends_on == publicity.last_day_of(day(0), 1)


def test_the_form_is_told_the_last_day_while_it_is_filled_in(client):
    client.force_login(make_officer("320000", "manager"))
    told = client.get(f"{LISTS}last-day/", {"starts_on": "2099-01-01", "working_days": "2"})
    assert told.json()["message"].startswith("2 个工作日：公示至 2099年1月2日（星期五，含当日）。")
    assert "2099 年的放假安排尚未收录" in told.json()["message"]
    told = client.get(f"{LISTS}last-day/", {"starts_on": "x", "working_days": "31"})
    assert told.json()["message"].startswith("公示开始日期应为日期")
    assert "公示工作日数应在 1 至 30 之间" in told.json()["message"]


def test_a_draft_whose_days_went_by_gets_new_ones_and_can_begin(client):
    listed = make_publicity(make_filing(state=State.APPROVED))
    client.force_login(officer_of(listed.authority))
    PublicityList.objects.filter(pk=listed.pk).update(starts_on=day(-9), ends_on=day(-2))
    assert client.post(f"{LISTS}{listed.pk}/start/", {"seen_version": 1}).status_code == 422
    values = {"seen_version": 1, "starts_on": day(0), "working_days": 10, "ends_on": day(1)}
    refused = client.post(f"{LISTS}{listed.pk}/reschedule/", values)
    assert refused.status_code == 422
    assert "不足 10 个工作日" in refused.content.decode()
    assert client.post(f"{LISTS}{listed.pk}/reschedule/", values | {"ends_on": ""}).status_code == 302
    listed.refresh_from_db()
    assert (listed.starts_on, listed.working_days, listed.version) == (day(0), 10, 2)
    assert client.post(f"{LISTS}{listed.pk}/start/", {"seen_version": 2}).status_code == 302
    late = client.post(f"{LISTS}{listed.pk}/reschedule/", values | {"seen_version": 3, "ends_on": ""})
    assert late.status_code == 409


def test_the_ministry_sets_a_holiday_with_its_source_and_the_days_follow(client):
    client.force_login(make_officer("000000", "manager"))
    values = {"day": "2099-01-01", "is_workday": "False", "note": "测试通知"}
    assert publicity.closing_day(datetime.date(2098, 12, 31), 2) == datetime.date(2099, 1, 1)
    assert client.post(f"{HOLIDAYS}add/", values | {"note": ""}).status_code == 422
    assert client.post(f"{HOLIDAYS}add/", values).status_code == 302
    assert publicity.closing_day(datetime.date(2098, 12, 31), 2) == datetime.date(2099, 1, 2)
    again = client.post(f"{HOLIDAYS}add/", values)
    assert again.status_code == 422
    assert "这一天已经设置过" in again.content.decode()
    row = HolidayOverride.objects.get()
    assert client.post(f"{HOLIDAYS}{row.pk}/change/", values | {"is_workday": "True"}).status_code == 302
    row.refresh_from_db()
    assert row.is_workday
    page = client.get(HOLIDAYS).content.decode()
    assert "测试通知" in page
    assert "以后的年份按周一至周五计算" in page or "平台尚未收录今年的放假安排" in page


def test_operators_set_days_and_provinces_read_them(client):
    row = HolidayOverride(day=datetime.date(2099, 1, 1), is_workday=False, note="测试通知")
    assert save_holiday(user=make_operator(), override=row).pk
    province = make_officer("320000", "manager")
    with pytest.raises(NotPermitted):
        save_holiday(user=province, override=HolidayOverride(day=day(1), is_workday=False, note="通知"))
    client.force_login(province)
    assert "放假" in client.get(f"{HOLIDAYS}{row.pk}/change/").content.decode()
    assert client.post(f"{HOLIDAYS}{row.pk}/change/", {"is_workday": "True"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_days_take_the_same_queries_for_one_and_three(client, django_assert_num_queries, count):
    user = make_officer("000000", "manager")
    client.force_login(user)
    for number in range(count):
        HolidayOverride.objects.create(day=day(number), is_workday=False, note="通知", made_by=user)
    # session, account, authority, count, rows; then the session is saved (3).
    with django_assert_num_queries(8):
        client.get(HOLIDAYS)
