"""Pages of the work list by key, and deadlines in words."""
import datetime

import pytest
from django.utils import timezone

from accounts.tests.factories import make_officer
from portal.tools.keyset import cursor_of, keyset_page
from reviews.admin import worklist as page_of_list
from reviews.enums import State
from reviews.models import Filing, HolidayOverride
from reviews.queries.due import due_texts
from reviews.tests.factories import decide, make_filing

pytestmark = pytest.mark.django_db

LIST = "/admin/reviews/filing/"
ARRIVAL, NEWEST = ("desk_since", "id"), ("-id",)


def ids(page):
    return [row.pk for row in page.rows]


@pytest.fixture
def five():
    """Five filings on one desk, of which the second and the third arrived at the same moment."""
    rows = [make_filing(state=State.IN_REVIEW) for _ in range(5)]
    now = timezone.now()
    for row, minutes in zip(rows, (50, 40, 40, 30, 20), strict=True):
        Filing.objects.filter(pk=row.pk).update(desk_since=now - datetime.timedelta(minutes=minutes))
    return [row.pk for row in rows]


@pytest.mark.parametrize("keys", [ARRIVAL, NEWEST])
def test_pages_follow_each_other_without_gap_and_lead_back(five, keys):
    rows = Filing.objects.filter(state=State.IN_REVIEW)
    order = five if keys == ARRIVAL else five[::-1]
    first = keyset_page(rows, keys, 2)
    second = keyset_page(rows, keys, 2, after=first.following)
    third = keyset_page(rows, keys, 2, after=second.following)
    assert (ids(first), ids(second), ids(third)) == (order[:2], order[2:4], order[4:])
    assert (first.previous, third.following) == ("", "")
    assert ids(keyset_page(rows, keys, 2, before=third.previous)) == order[2:4]
    back = keyset_page(rows, keys, 2, before=second.previous)
    assert ids(back) == order[:2]
    assert back.previous == ""
    assert back.following


@pytest.mark.parametrize("keys", [ARRIVAL, NEWEST])
def test_rows_that_vanish_in_between_shift_nothing(five, keys):
    rows = Filing.objects.filter(state=State.IN_REVIEW)
    order = five if keys == ARRIVAL else five[::-1]
    first = keyset_page(rows, keys, 2)
    gone = rows.exclude(pk__in=order[:2])
    assert ids(keyset_page(gone, keys, 2, after=first.following)) == order[2:4]
    second = keyset_page(rows, keys, 2, after=first.following)
    assert ids(keyset_page(rows.exclude(pk=order[0]), keys, 2, before=second.previous)) == order[1:3]


@pytest.mark.parametrize("keys", [ARRIVAL, NEWEST])
def test_the_rows_may_be_brought_by_a_queryset_of_their_own(five, keys):
    rows, shown = Filing.objects.filter(state=State.IN_REVIEW), Filing.objects.select_related("desk")
    order = five if keys == ARRIVAL else five[::-1]
    second = keyset_page(rows, keys, 2, shown=shown, after=keyset_page(rows, keys, 2, shown=shown).following)
    assert ids(second) == order[2:4]
    third = keyset_page(rows, keys, 2, shown=shown, after=second.following)
    assert ids(keyset_page(rows, keys, 2, shown=shown, before=third.previous)) == order[2:4]


def test_behind_the_last_row_stands_the_last_page(five):
    rows = Filing.objects.filter(state=State.IN_REVIEW)
    last = cursor_of(rows.get(pk=five[4]), ARRIVAL)
    page = keyset_page(rows, ARRIVAL, 2, after=last)
    assert ids(page) == five[3:]
    assert page.following == ""
    assert ids(keyset_page(rows, ARRIVAL, 2, before=page.previous)) == five[1:3]
    assert ids(keyset_page(rows.none(), ARRIVAL, 2, after=last)) == []


def test_an_officer_turns_pages_while_he_decides(client, monkeypatch):
    monkeypatch.setattr(page_of_list, "ROWS_OF_A_PAGE", 2)
    filings = [make_filing(state=State.IN_REVIEW) for _ in range(5)]
    client.force_login(make_officer("320100"))
    shown = client.get(LIST, {"kind": "test_application"})
    assert "上一页" not in shown.content.decode()
    assert "本页 2 条，共 5 条" in shown.content.decode()
    for filing in filings[:2]:
        decide(filing)
    shown = client.get(f"{LIST}?{shown.context['following_query']}")
    assert [row.filing.pk for row in shown.context["rows"]] == [filings[2].pk, filings[3].pk]
    assert shown.context["conditions"].get("kind") == "test_application"
    shown = client.get(f"{LIST}?{shown.context['previous_query']}")
    assert [row.filing.pk for row in shown.context["rows"]] == [filings[2].pk, filings[3].pk]


def test_no_page_uses_an_offset(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(page_of_list, "ROWS_OF_A_PAGE", 1)
    for _ in range(3):
        make_filing(state=State.IN_REVIEW)
    client.force_login(make_officer("320100"))
    following = client.get(LIST).context["following_query"]
    with django_assert_num_queries(14) as asked:
        client.get(f"{LIST}?{following}")
    assert not [query for query in asked.captured_queries if "OFFSET" in query["sql"]]


#: Wednesday; the National Day holiday of 2025 goes from 1 to 8 October, 28 September and 11 October are worked.
NOW = datetime.datetime.fromisoformat("2025-09-24T10:00:00+08:00")


@pytest.mark.parametrize(
    ("last_day", "text", "tone"),
    [
        ("2025-09-24", "今天到期", "soon"),
        ("2025-09-25", "还剩 1 天", "soon"),
        ("2025-09-28", "还剩 4 天", "soon"),
        ("2025-09-29", "还剩 5 天", "later"),
        ("2025-10-09", "还剩 15 天", "later"),
        ("2025-09-23", "超期 1 个工作日", "overdue"),
        ("2025-09-19", "超期 3 个工作日", "overdue"),
    ],
)
def test_a_deadline_is_told_in_days_and_counts_working_days_when_over(last_day, text, tone):
    midnight = datetime.datetime.fromisoformat(f"{last_day}T00:00:00+08:00") + datetime.timedelta(days=1)
    due = due_texts([midnight, None], NOW)[midnight]
    assert (due.text, due.tone, str(due.last_day)) == (text, tone, last_day)


def test_a_day_off_set_by_the_ministry_counts_as_one():
    HolidayOverride.objects.create(day="2025-09-24", is_workday=False, note="通知", made_by=make_officer("000000"))
    midnight = datetime.datetime.fromisoformat("2025-09-24T00:00:00+08:00")
    assert due_texts([midnight], NOW)[midnight].text == "已超期"


def test_the_list_shows_deadline_handler_warnings_and_batch(client):
    filing = make_filing(state=State.IN_REVIEW)
    officer = make_officer("320100", person_name="王经办")
    Filing.objects.filter(pk=filing.pk).update(
        due_at=timezone.now() - datetime.timedelta(days=20), handler=officer, warnings=3, self_score="72.50",
        verdict="not_yet",
    )
    client.force_login(officer)
    page = client.get(LIST).content.decode()
    assert "worklist-due--overdue" in page
    for shown in ("王经办", "3 项", "72.5", "暂不满足", "批次 "):
        assert shown in page, shown
