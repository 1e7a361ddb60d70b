"""What comes on a publicity list: by window and area, supplemented, left out before the start."""
import re
import threading

import pytest
from django.db import connections
from django.utils import timezone

from accounts.tests.factories import make_enterprise, make_officer
from portal.tools.errors import NotPermitted, Refused, WrongState
from reviews.enums import State
from reviews.models import Filing, PublicityEntry, PublicityList, Window
from reviews.services import publicity
from reviews.tests.factories import make_filing, make_publicity, officer_of, publicise

pytestmark = pytest.mark.django_db

LISTS = "/admin/reviews/publicitylist/"


def approved(name, region="320102"):
    return make_filing(make_enterprise(name=name, region=region), state=State.APPROVED)


def new_list(officer, **choice):
    today = timezone.localdate()
    return publicity.create_list(
        user=officer, kind_code="test_application", title="名单", starts_on=today, ends_on=today, contact="025", **choice
    )


def names(listed):
    return list(listed.entries.order_by("position").values_list("position", "enterprise_name"))


def posted(**changes):
    values = {
        "kind": "test_application", "title": "名单", "starts_on": timezone.localdate(), "working_days": 5,
        "contact": "025-00000000", "window_id": "", "area_id": "",
    }  # fmt: skip
    return values | changes


@pytest.fixture
def manager(client):
    user = make_officer("320000", "manager")
    client.force_login(user)
    return user


def test_a_list_takes_one_city_only_and_the_other_goes_on_waiting(manager):
    nanjing, suzhou = approved("南京甲有限公司"), approved("苏州乙有限公司", "320508")
    listed = new_list(manager, area_id=suzhou.city_id)
    assert names(listed) == [(1, "苏州乙有限公司")]
    assert names(new_list(manager)) == [(1, "南京甲有限公司")]
    assert nanjing.city_id != suzhou.city_id


def test_a_list_takes_one_window_only(manager):
    first = approved("第一批有限公司")
    second = approved("第二批有限公司")
    other = Window.objects.create(
        kind=first.kind, authority=first.province, period=2025, opens_at="2025-05-01T00:00Z",
        closes_at="2025-06-01T00:00Z",
    )
    Filing.objects.filter(pk=second.pk).update(window=other)
    assert names(new_list(manager, window_id=other.pk)) == [(1, "第二批有限公司")]
    with pytest.raises(Refused, match="所选批次和地区内没有等待公示"):
        new_list(manager, window_id=other.pk)


def test_the_form_offers_what_waits_with_its_numbers_and_makes_the_list(client, manager):
    approved("南京甲有限公司")
    suzhou = approved("苏州乙有限公司", "320508")
    page = client.get(f"{LISTS}add/").content.decode()
    assert "测试申报（等待公示 2 件）" in page
    assert re.search(rf'<option value="{suzhou.city_id}">[^<]*（1 件）</option>', page)
    assert "全部批次" in page
    answer = client.post(f"{LISTS}add/", posted(area_id=suzhou.city_id), follow=True)
    assert "名单已建立，列入 1 家企业。" in answer.content.decode()
    assert names(PublicityList.objects.get()) == [(1, "苏州乙有限公司")]


def test_a_window_of_another_kind_is_refused_at_its_field(client, manager):
    filing = approved("南京甲有限公司")
    update = Window.objects.create(
        kind="test_giant", authority=filing.province, period=2026, opens_at="2026-05-01T00:00Z",
        closes_at="2026-06-01T00:00Z",
    )
    answer = client.post(f"{LISTS}add/", posted(window_id=update.pk))
    assert answer.status_code == 422
    assert "所选的申报批次已没有等待公示的申报，请重新选择。" in answer.content.decode()
    Filing.objects.filter(pk=filing.pk).update(window=update)
    answer = client.post(f"{LISTS}add/", posted(window_id=update.pk))
    assert answer.status_code == 422
    assert "所选批次属于“测试巨人申报”" in answer.content.decode()
    assert not PublicityList.objects.exists()


def test_a_filing_approved_later_is_put_on_the_draft_and_the_list_is_numbered_by_place(client, manager):
    suzhou = approved("苏州乙有限公司", "320508")
    draft = make_publicity(suzhou)
    later = approved("南京后来有限公司")
    address = f"{LISTS}{draft.pk}/add-entries/"
    assert f'href="{address}">补充企业</a>' in client.get(f"{LISTS}{draft.pk}/change/").content.decode()
    assert "南京后来有限公司" in client.get(address).content.decode()
    for expected in ("已列入 1 家企业。", "所选企业已在名单上。"):
        answer = client.post(address, {"ticked": [later.pk]}, follow=True)
        assert expected in answer.content.decode()
    assert names(draft) == [(1, "南京后来有限公司"), (2, "苏州乙有限公司")]


def test_supplementing_without_a_choice_or_with_one_that_waits_no_more_says_so_and_adds_nothing(client, manager):
    draft = make_publicity(approved("南京甲有限公司"))
    waiting, taken = approved("南京等待有限公司"), approved("南京已列有限公司")
    address = f"{LISTS}{draft.pk}/add-entries/"
    answer = client.post(address)
    assert answer.status_code == 422
    assert "请先勾选要补充的企业。" in answer.content.decode()
    other = make_publicity(taken)
    publicity.remove_entries(
        user=manager, publicity_id=other.pk, entry_ids=[other.entries.get(filing=waiting).pk]
    )
    answer = client.post(address, {"ticked": [waiting.pk, taken.pk]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "所选企业中有 1 家刚刚被列入其他名单" in page
    assert f'value="{waiting.pk}" aria-label="勾选“南京等待有限公司”" checked' in page
    assert names(draft) == [(1, "南京甲有限公司")]


def test_the_waiting_are_narrowed_to_a_city(client, manager):
    draft = make_publicity(approved("南京甲有限公司"))
    approved("南京后来有限公司")
    suzhou = approved("苏州后来有限公司", "320508")
    page = client.get(f"{LISTS}{draft.pk}/add-entries/", {"area_id": suzhou.city_id}).content.decode()
    assert "苏州后来有限公司" in page
    assert "南京后来有限公司" not in page


def test_several_are_left_out_at_once_and_the_rest_is_numbered_anew(client, manager):
    filings = [approved(f"南京{number}号有限公司") for number in (1, 2, 3)]
    draft = make_publicity(filings[0])
    entries = [draft.entries.get(filing=filing).pk for filing in filings[:2]]
    address = f"{LISTS}{draft.pk}/remove-entries/"
    for expected in ("已从名单删除 2 家企业。", "所选企业已不在名单上。"):
        answer = client.post(address, {"ticked": entries}, follow=True)
        assert expected in answer.content.decode()
    assert names(draft) == [(1, "南京3号有限公司")]
    assert client.post(address).status_code == 422
    assert client.get(address).status_code == 405


def test_a_list_that_runs_takes_nobody_in_and_lets_nobody_out(client, manager):
    listed = publicise(approved("南京甲有限公司"))
    later = approved("南京后来有限公司")
    with pytest.raises(WrongState, match="公示开始之前才能【补充企业】"):
        publicity.add_entries(user=manager, publicity_id=listed.pk, filing_ids=[later.pk])
    answer = client.get(f"{LISTS}{listed.pk}/add-entries/", follow=True)
    assert "公示已经开始，不能再补充企业。" in answer.content.decode()
    answer = client.post(f"{LISTS}{listed.pk}/remove-entries/", {"ticked": [listed.entries.get().pk]})
    assert answer.status_code == 409


@pytest.mark.parametrize(("code", "role"), [("320000", "reviewer"), ("320100", "manager"), ("500000", "manager")])
def test_only_the_publisher_supplements(client, code, role):
    draft = make_publicity(approved("南京甲有限公司"))
    later = approved("南京后来有限公司")
    other = make_officer(code, role)
    with pytest.raises(NotPermitted):
        publicity.add_entries(user=other, publicity_id=draft.pk, filing_ids=[later.pk])
    client.force_login(other)
    assert client.get(f"{LISTS}{draft.pk}/add-entries/").status_code == 404
    assert client.post(f"{LISTS}{draft.pk}/remove-entries/", {"ticked": ["1"]}).status_code == 404


def test_a_list_that_a_colleague_has_supplemented_is_not_started_unseen(client, manager):
    draft = make_publicity(approved("南京甲有限公司"))
    later = approved("南京后来有限公司")
    publicity.add_entries(user=manager, publicity_id=draft.pk, filing_ids=[later.pk])
    answer = client.post(f"{LISTS}{draft.pk}/start/", {"seen_version": draft.version})
    assert answer.status_code == 409
    assert "刚刚被其他人改动过" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_what_waits_takes_the_same_queries_for_one_and_three(
    client, manager, django_assert_num_queries, rows
):
    draft = make_publicity(approved("南京甲有限公司"))
    for number in range(rows):
        approved(f"南京后来{number}号有限公司")
    # session, account, authority and the one above, list, groups, windows, areas, count, rows; session saved (3)
    with django_assert_num_queries(13):
        page = client.get(f"{LISTS}{draft.pk}/add-entries/").content.decode()
    assert page.count('name="ticked"') == rows


@pytest.mark.django_db(transaction=True)
def test_of_two_lists_made_at_the_same_moment_one_gets_the_filing():
    filing = approved("南京甲有限公司")
    officer = officer_of(filing.province)
    start, outcomes = threading.Barrier(2), []

    def work():
        try:
            start.wait(30)
            outcomes.append(new_list(officer).pk)
        except Exception as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert [type(one) for one in refused] == [Refused]
    assert PublicityEntry.objects.get().publicity_id in outcomes
