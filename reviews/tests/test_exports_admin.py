"""【导出】 as an officer uses it: from the work list to the form, the progress, the file."""
import datetime
import re

import pytest
from django.utils import timezone

from accounts.models import AccessLog
from accounts.tests.factories import make_officer, make_operator
from reviews.enums import ExportState, State
from reviews.models import Export, ExportLayout
from reviews.tests.exports import made, order, read_xlsx
from reviews.tests.factories import make_filing

pytestmark = pytest.mark.django_db

FORM = "/admin/reviews/filing/export/"
LIST = "/admin/reviews/export/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def officer(client):
    officer = make_officer("320000", "manager")
    client.force_login(officer)
    return officer


def token_in(page):
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def posted(page, button="_order", value="1", **changed):
    """What the browser would post: the form of ``page`` with one button."""
    text = page.content.decode()
    ticked = re.findall(r'name="columns" value="(\w+)" checked', text)
    return {
        "token": token_in(text), "kind": "xlsx", "query": page.context["query"], "columns": ticked,
        "order": re.findall(r'name="order" value="(\w+)"', text), "selected": page.context["selection"],
        button: value,
    } | changed  # fmt: skip


def columns_of(page):
    return [column.key for column, is_ticked in page.context["columns"] if is_ticked]


def test_from_the_work_list_to_the_file_in_four_steps(client, officer):
    filing = make_filing(state=State.IN_REVIEW)
    page = client.post(FORM, {"query": "scope=all&kind=test_application", "what": "list"})
    assert page.status_code == 200
    assert page.context["count"] == 1
    assert "事项：测试申报" in page.content.decode()
    answer = client.post(FORM, posted(page))
    export = Export.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{LIST}{export.pk}/change/")
    waiting = client.get(answer.url).content.decode()
    assert "马上开始" in waiting
    assert "取消" in waiting
    made(export)
    assert "文件已生成，共 1 件" in client.get(answer.url).content.decode()
    download = client.get(f"{LIST}{export.pk}/download/")
    assert read_xlsx(download.getvalue())[1][0] == filing.number
    assert download["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in download["Cache-Control"]
    assert "private" in download["Cache-Control"]
    assert "attachment" in download["Content-Disposition"]
    assert [row.action for row in AccessLog.objects.order_by("id")] == ["导出名单", "下载导出文件"]


def test_a_double_click_leads_to_the_same_export(client, officer):
    make_filing(state=State.IN_REVIEW)
    page = client.get(FORM, {"_changelist_filters": "scope=all"})
    data = posted(page)
    assert client.post(FORM, data).url == client.post(FORM, data).url
    assert Export.objects.count() == 1


def test_opening_the_form_writes_nothing(client, officer):
    make_filing(state=State.IN_REVIEW)
    client.get(FORM, {"_changelist_filters": "scope=all"})
    client.post(FORM, {"query": "scope=all"})
    assert not Export.objects.exists()


def test_ticked_rows_are_counted_and_exported(client, officer):
    rows = [make_filing(state=State.IN_REVIEW) for _ in range(3)]
    page = client.post(FORM, {"selected": [rows[0].pk, rows[2].pk], "what": "documents"})
    assert page.context["count"] == 2
    assert "所选 2 件" in page.content.decode()
    client.post(FORM, posted(page, kind="pdfs"))
    export = Export.objects.get()
    assert (export.kind, export.selection, export.columns) == ("pdfs", [rows[0].pk, rows[2].pk], [])


def test_columns_move_without_a_script_and_stay_ticked(client, officer):
    make_filing(state=State.IN_REVIEW)
    page = client.get(FORM, {"_changelist_filters": "scope=all"})
    assert columns_of(page)[:3] == ["number", "name", "uscc"]
    page = client.post(FORM, posted(page, "_up", "uscc"))
    assert columns_of(page)[:3] == ["number", "uscc", "name"]
    page = client.post(FORM, posted(page, "_down", "number"))
    assert columns_of(page)[:3] == ["uscc", "number", "name"]
    page = client.post(FORM, posted(page, "_up", "uscc", columns=["uscc", "name"]))
    assert columns_of(page) == ["uscc", "name"]
    client.post(FORM, posted(page))
    assert Export.objects.get().columns == ["uscc", "name"]


def test_a_layout_is_saved_applied_replaced_and_deleted(client, officer):
    make_filing(state=State.IN_REVIEW)
    page = client.get(FORM, {"_changelist_filters": "scope=all"})
    page = client.post(FORM, posted(page, "_save", columns=["state", "name"], layout_name="上报省厅"))
    layout = ExportLayout.objects.get()
    assert (layout.officer, layout.columns) == (officer, ["name", "state"])
    fresh = client.get(FORM, {"_changelist_filters": "scope=all"})
    page = client.post(FORM, posted(fresh, "_apply", layout=layout.pk))
    assert columns_of(page) == ["name", "state"]
    client.post(FORM, posted(page, "_save", columns=["name"], layout_name="上报省厅"))
    layout.refresh_from_db()
    assert layout.columns == ["name"]
    client.post(FORM, posted(page, "_delete", layout=layout.pk))
    assert not ExportLayout.objects.exists()


def test_a_refusal_keeps_what_was_chosen(client, officer):
    make_filing(state=State.IN_REVIEW)
    page = client.get(FORM, {"_changelist_filters": "scope=all"})
    answer = client.post(FORM, posted(page, columns=[], kind="csv"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "请至少勾选一列" in text
    assert re.search(r'value="csv"[^>]*checked', text)
    answer = client.post(FORM, posted(page, "_save", columns=["name"], layout_name="长" * 41))
    assert answer.status_code == 422
    assert "最多 40 个字，您填写了 41 个" in answer.content.decode()
    assert "长" * 41 in answer.content.decode()
    assert columns_of(answer) == ["name"]


def test_a_column_that_the_role_may_not_have_is_not_offered_and_not_taken(client):
    client.force_login(make_officer("320000", "viewer"))
    make_filing(state=State.IN_REVIEW)
    page = client.get(FORM, {"_changelist_filters": "scope=all"})
    assert "联系人手机" not in page.content.decode()
    data = posted(page)
    client.post(FORM, data | {"columns": ["name", "mobile_in_full"], "order": ["name", "mobile_in_full"]})
    assert Export.objects.get().columns == ["name"]


def test_nothing_to_export_is_said_before_and_after(client, officer):
    page = client.get(FORM, {"_changelist_filters": "scope=all"})
    assert "没有您可以导出的申报件" in page.content.decode()
    assert client.post(FORM, posted(page)).status_code == 422


def test_the_page_and_its_script_tell_how_far_it_is(client, officer):
    make_filing(state=State.IN_REVIEW)
    export = order(officer)
    Export.objects.filter(pk=export.pk).update(
        state="running", attempts=1, done=3, total=10, started_at=timezone.now(), beat_at=timezone.now()
    )
    page = f"{LIST}{export.pk}/change/"
    progress = client.get(page, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert (progress["state"], progress["done"], progress["value"], progress["total"]) == ("running", False, 3, 10)
    assert 'value="3" max="10"' in client.get(page).content.decode()
    client.post(f"{LIST}{export.pk}/cancel/")
    assert "正在取消" in client.get(page).content.decode()


def test_somebody_elses_export_is_not_there(client, officer):
    make_filing(state=State.IN_REVIEW)
    export = made(order(officer))
    for other in (make_officer("320000", "manager"), make_officer("000000", "manager")):
        client.force_login(other)
        assert client.get(f"{LIST}{export.pk}/change/").status_code == 404
        assert client.get(f"{LIST}{export.pk}/download/").status_code == 404
        assert client.post(f"{LIST}{export.pk}/cancel/").status_code == 404
        assert client.post(f"{LIST}{export.pk}/retry/").status_code == 404
        assert list(client.get(LIST).context["cl"].result_list) == []
    client.force_login(make_operator())
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{export.pk}/download/").status_code == 404


def test_an_expired_file_and_one_of_another_authority_are_not_given_out(client, officer):
    make_filing(state=State.IN_REVIEW)
    export = made(order(officer))
    address = f"{LIST}{export.pk}/download/"
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    expired = client.get(address)
    assert expired.status_code == 410
    assert "已过期" in expired.content.decode()
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now() + datetime.timedelta(days=1))
    officer.authority = make_officer("320500").authority
    officer.save()
    moved = client.get(address)
    assert moved.status_code == 403
    assert "主管部门或角色有变更" in moved.content.decode()


def test_a_file_that_is_lost_is_said_and_made_once_more(client, officer):
    make_filing(state=State.IN_REVIEW)
    export = made(order(officer))
    export.file.storage.delete(export.file.name)
    page = client.get(f"{LIST}{export.pk}/change/").content.decode()
    assert "在服务器上已找不到" in page
    assert "重新导出" in page
    assert client.get(f"{LIST}{export.pk}/download/").status_code == 410
    client.post(f"{LIST}{export.pk}/retry/")
    assert made(export).state == ExportState.READY
    assert client.get(f"{LIST}{export.pk}/download/").status_code == 200


def test_only_a_post_cancels_or_repeats(client, officer):
    make_filing(state=State.IN_REVIEW)
    export = order(officer)
    assert client.get(f"{LIST}{export.pk}/cancel/").status_code == 405
    assert client.get(f"{LIST}{export.pk}/retry/").status_code == 405
    assert client.post(f"{LIST}{export.pk}/download/").status_code == 405
    assert client.delete(FORM).status_code == 405
    export.refresh_from_db()
    assert export.state == ExportState.QUEUED


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_exports_takes_the_same_queries_for_one_and_for_three(
    client, officer, count, django_assert_num_queries
):
    make_filing(state=State.IN_REVIEW)
    for _ in range(count):
        made(order(officer))
    # session, account, authority, capped count, rows; then the session is saved (3)
    with django_assert_num_queries(8):
        page = client.get(LIST)
    assert len(page.context["cl"].result_list) == count
    assert page.content.decode().count("下载</a>") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_takes_the_same_queries_for_one_and_for_three(client, officer, count, django_assert_num_queries):
    for _ in range(count):
        make_filing(state=State.IN_REVIEW)
    # session, account, authority, capped count, layouts; then the session is saved (3)
    with django_assert_num_queries(8):
        page = client.get(FORM, {"_changelist_filters": "scope=all"})
    assert page.context["count"] == count
