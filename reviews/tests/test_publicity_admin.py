"""公示 → 公告 at the desk, with the mistakes that people make."""
import datetime

import pytest
from django.utils import timezone

from accounts.enums import OfficerRole
from accounts.tests.factories import make_enterprise, make_officer, make_operator
from reviews.enums import PublicityState, State
from reviews.models import PublicityEntry, PublicityList
from reviews.services import publicity
from reviews.tests.factories import end_publicity, make_filing, make_publicity, publicise

pytestmark = pytest.mark.django_db

LISTS = "/admin/reviews/publicitylist/"


def day(offset):
    return timezone.localdate() + datetime.timedelta(days=offset)


def posted(**changes):
    values = {
        "kind": "test_application", "title": "江苏省2026年测试企业公示名单", "starts_on": day(0), "working_days": 5,
        "contact": "中小企业处 025-00000000",
    }  # fmt: skip
    return values | changes


@pytest.fixture
def manager(client):
    user = make_officer("320000")
    user.role = OfficerRole.MANAGER
    user.save()
    client.force_login(user)
    return user


@pytest.fixture
def approved(manager):
    return make_filing(make_enterprise(name="南京待公示有限公司"), state=State.APPROVED)


@pytest.fixture
def draft(approved):
    return make_publicity(approved)


@pytest.fixture
def running(approved):
    return publicise(approved)


def test_the_form_of_a_new_list_suggests_what_is_usual(client, approved):
    page = client.get(f"{LISTS}add/?kind=test_application").content.decode()
    assert f"江苏省{timezone.localdate().year}年测试企业公示名单" in page
    assert f'value="{day(0)}"' in page
    assert 'name="working_days" value="5"' in page
    assert "test_giant" not in page


def test_a_new_list_takes_every_approved_filing(client, approved):
    answer = client.post(f"{LISTS}add/", posted(), follow=True)
    made = PublicityList.objects.get()
    assert answer.redirect_chain == [(f"{LISTS}{made.pk}/change/", 302)]
    assert made.entries.get().filing == approved
    page = answer.content.decode()
    for text in ("南京待公示有限公司", approved.enterprise.uscc, "江苏省南京市玄武区", "开始公示", "从名单删除"):
        assert text in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"starts_on": day(-1)}, f"公示开始日期 {day(-1)} 早于今天"),
        ({"ends_on": day(-3), "starts_on": day(0)}, "早于开始日期"),
        ({"ends_on": day(1), "working_days": 10}, f"公示结束日期 {day(1)} 不足 10 个工作日"),
        ({"working_days": 31}, "公示工作日数应在 1 至 30 之间"),
        ({"working_days": ""}, "请填写公示工作日数。"),
        ({"starts_on": "明天"}, "公示开始日期应为日期，例如 2026-05-08"),
        ({"title": "长" * 121}, "标题最多 120 个字，现在有 121 个字"),
        ({"contact": ""}, "请填写异议受理联系方式。"),
        ({"kind": "test_giant"}, "test_giant"),
    ],
)
def test_a_mistake_in_the_form_is_told_at_its_field_and_nothing_is_lost(client, approved, changes, sentence):
    answer = client.post(f"{LISTS}add/", posted(title="我的标题") | changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert changes.get("title", "我的标题") in page
    assert not PublicityList.objects.exists()


def test_a_list_without_a_waiting_filing_is_not_made(client, manager):
    answer = client.post(f"{LISTS}add/", posted())
    assert answer.status_code == 422
    assert "目前没有等待公示的“测试申报”申报" in answer.content.decode()
    assert not PublicityList.objects.exists()


@pytest.mark.parametrize(("code", "role"), [("320000", "reviewer"), ("320000", "viewer"), ("320100", "manager")])
def test_only_a_manager_of_the_publishing_level_makes_a_list(client, approved, code, role):
    client.force_login(make_officer(code, role))
    assert client.get(f"{LISTS}add/").status_code == 403
    assert client.post(f"{LISTS}add/", posted()).status_code == 403


def test_starting_makes_the_list_public(client, draft, approved):
    address = f"{LISTS}{draft.pk}/start/"
    assert "名单上的 1 家企业将进入“公示中”" in client.get(address).content.decode()
    draft.refresh_from_db()
    assert draft.state == PublicityState.DRAFT
    answer = client.post(address, {"seen_version": draft.version}, follow=True)
    approved.refresh_from_db()
    assert approved.state == State.PUBLICISED
    assert f'href="/publicity/{draft.pk}/"' in answer.content.decode()


def test_starting_twice_changes_nothing(client, draft, approved):
    for _ in range(2):
        assert client.post(f"{LISTS}{draft.pk}/start/", {"seen_version": draft.version}).status_code == 302
    assert approved.events.filter(action="publicise").count() == 1


def test_starting_a_list_that_was_changed_meanwhile_is_refused(client, draft):
    PublicityList.objects.filter(pk=draft.pk).update(version=draft.version + 5)
    answer = client.post(f"{LISTS}{draft.pk}/start/", {"seen_version": draft.version})
    assert answer.status_code == 409
    assert "刚刚被其他人改动过" in answer.content.decode()


def test_an_entry_leaves_a_draft_and_goes_on_waiting(client, draft, approved):
    entry = draft.entries.get()
    address = f"{LISTS}{draft.pk}/entries/{entry.pk}/remove/"
    assert client.get(address).status_code == 200
    assert draft.entries.exists()
    client.post(address, {"seen_version": draft.version})
    assert not draft.entries.exists()
    approved.refresh_from_db()
    assert approved.state == State.APPROVED
    # The second click finds it done.
    assert client.post(address, {"seen_version": draft.version}).status_code == 302


def test_an_empty_list_cannot_start(client, draft, manager):
    publicity.remove_entries(user=manager, publicity_id=draft.pk, entry_ids=[draft.entries.get().pk])
    draft.refresh_from_db()
    answer = client.post(f"{LISTS}{draft.pk}/start/", {"seen_version": draft.version})
    assert answer.status_code == 422
    assert "名单为空，不能开始公示。" in answer.content.decode()


def test_taking_out_needs_a_reason_and_ends_that_filing_only(client, running, approved):
    entry = running.entries.get()
    address = f"{LISTS}{running.pk}/entries/{entry.pk}/take-out/"
    answer = client.post(address, {"reason": " "})
    assert answer.status_code == 422
    assert "请填写移出原因" in answer.content.decode()
    answer = client.post(address, {"reason": "异议成立：不属于中小企业。"}, follow=True)
    approved.refresh_from_db()
    entry.refresh_from_db()
    assert (approved.state, entry.reason) == (State.REJECTED, "异议成立：不属于中小企业。")
    page = answer.content.decode()
    assert "已移出" in page
    assert "异议成立：不属于中小企业。" in page


def test_an_entry_of_a_running_list_cannot_be_deleted(client, running):
    entry = running.entries.get()
    answer = client.post(f"{LISTS}{running.pk}/entries/{entry.pk}/remove/", {"seen_version": running.version})
    assert answer.status_code == 409
    assert "公示已经开始，不能删除条目" in answer.content.decode()


def test_an_entry_of_another_list_is_not_found(client, running):
    other = publicise(make_filing(state=State.APPROVED))
    entry = other.entries.get()
    assert client.post(f"{LISTS}{running.pk}/entries/{entry.pk}/take-out/", {"reason": "误点"}).status_code == 404
    assert PublicityEntry.objects.get(pk=entry.pk).taken_out_at is None


def test_the_announcement_waits_for_the_last_day(client, running):
    page = client.get(f"{LISTS}{running.pk}/change/").content.decode()
    assert "结束，次日起可以公告。" in page
    answer = client.post(
        f"{LISTS}{running.pk}/announce/", {"seen_version": running.version, "document_number": "苏工信〔2026〕9号"}
    )
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "公示结束后才能公告" in page
    assert "苏工信〔2026〕9号" in page


def test_the_announcement_recognises_everybody_once(client, running, approved, test_kinds):
    end_publicity(running)
    address = f"{LISTS}{running.pk}/announce/"
    assert "名单上的 1 家企业将被认定为测试企业" in client.get(address).content.decode()
    answer = client.post(address, {"seen_version": running.version, "document_number": ""})
    assert answer.status_code == 422
    assert "请填写公告文号" in answer.content.decode()
    for _ in range(2):
        answer = client.post(address, {"seen_version": running.version, "document_number": "苏工信〔2026〕9号"})
        assert answer.status_code == 302
    approved.refresh_from_db()
    assert approved.state == State.RECOGNISED
    assert test_kinds["test_application"].recognised == [(approved.pk, running.pk)]
    assert "苏工信〔2026〕9号" in client.get(f"{LISTS}{running.pk}/change/").content.decode()


@pytest.mark.parametrize(("code", "role"), [("320000", "viewer"), ("320000", "reviewer"), ("320100", "manager")])
def test_others_read_a_running_list_and_change_nothing(client, running, code, role):
    client.force_login(make_officer(code, role))
    entry = running.entries.get()
    page = client.get(f"{LISTS}{running.pk}/change/")
    assert page.status_code == 200
    assert "take-out" not in page.content.decode()
    assert client.post(f"{LISTS}{running.pk}/entries/{entry.pk}/take-out/", {"reason": "x"}).status_code == 404
    assert client.post(f"{LISTS}{running.pk}/announce/", {"seen_version": 1, "document_number": "x"}).status_code == 404


def test_a_draft_is_its_authoritys_own_and_operators_read_none(client, draft):
    for user in (make_officer("320100"), make_officer("210200"), make_officer("000000")):
        client.force_login(user)
        assert client.get(f"{LISTS}{draft.pk}/change/").status_code == 404
    client.force_login(make_operator())
    assert client.get(LISTS).status_code == 403


@pytest.mark.parametrize("entries", [1, 3])
def test_a_list_takes_the_same_queries_for_one_and_three_entries(client, manager, django_assert_num_queries, entries):
    filings = [make_filing(state=State.APPROVED) for _ in range(entries)]
    draft = make_publicity(filings[0])
    assert draft.entries.count() == entries
    # session, account, authority, the one above, list, count, entries; then the session is saved (3).
    with django_assert_num_queries(10):
        client.get(f"{LISTS}{draft.pk}/change/")


@pytest.mark.parametrize("lists", [1, 3])
def test_the_lists_take_the_same_queries_for_one_and_three(client, manager, django_assert_num_queries, lists):
    for _ in range(lists):
        make_publicity(make_filing(state=State.APPROVED))
    # session, account, authority, the authorities above, count, rows; then the session is saved (3).
    with django_assert_num_queries(9):
        response = client.get(LISTS)
    assert len(response.context_data["cl"].result_list) == lists
