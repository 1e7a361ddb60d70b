"""导出 of lists: what stands in the file, and that it is what the work list shows."""
import csv
import datetime

import pytest
from django.utils import timezone

from accounts.models import AccessLog
from accounts.tests.factories import make_enterprise, make_officer
from portal.tools.errors import NotPermitted, Refused
from reviews.enums import ExportState, State
from reviews.exports import rows as export_rows
from reviews.exports.cells import csv_cell
from reviews.exports.columns import columns_for
from reviews.models import Export, Filing
from reviews.services import exports as services
from reviews.services.exports import cancel_export, expire_export, order_export, retry_export
from reviews.tests.exports import COLUMNS, content_of, made, order, read_csv, read_xlsx
from reviews.tests.factories import make_filing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def province():
    return make_officer("320000", "manager")


def files_below(media):
    return [path.name for path in media.rglob("*") if path.is_file()]


def test_an_excel_list_has_the_rows_of_the_work_list_under_the_same_filters(client, province):
    for state, region in ((State.IN_REVIEW, "320102"), (State.IN_REVIEW, "320508"), (State.RETURNED, "320102")):
        make_filing(state=state, region=region)
    make_filing(state=State.DRAFT)
    make_filing(state=State.IN_REVIEW, region="210202")
    client.force_login(province)
    for query, count in (("scope=all", 3), ("scope=in_review", 2), ("scope=returned", 1)):
        listed = client.get(f"/admin/reviews/filing/?{query}").content.decode()
        export = made(order(province, query=query))
        assert (export.state, export.total, export.done) == (ExportState.READY, count, count)
        names = [row[1] for row in read_xlsx(content_of(export))[1:]]
        assert len(names) == count
        assert all(name in listed for name in names), query


def test_the_columns_stand_in_the_order_that_was_chosen_with_their_kinds_of_values(province):
    filing = make_filing(make_enterprise(name="南京云图软件有限公司"), state=State.IN_REVIEW)
    Filing.objects.filter(pk=filing.pk).update(self_score="72.50", verdict="meets_direct")
    filing.refresh_from_db()
    chosen = ("uscc", "score", "name", "verdict", "submitted", "city", "county", "kind", "renewal", "state", "desk")
    export = made(order(province, columns=chosen))
    head, row = read_xlsx(content_of(export))
    assert head == [
        "统一社会信用代码", "自评得分", "企业名称", "自评结论", "提交时间", "市级主管部门", "县级主管部门", "事项", "申报/复核", "状态",
        "当前部门",
    ]  # fmt: skip
    assert row[:4] == [filing.enterprise.uscc, 72.5, "南京云图软件有限公司", "以直通条件满足"]
    submitted = timezone.localtime(filing.submitted_at).replace(tzinfo=None)
    assert abs(row[4] - submitted) < datetime.timedelta(seconds=1)
    assert row[5:] == ["南京市", "玄武区", "测试申报", "申报", "审核中", "南京市"]


def test_a_csv_opens_in_excel_with_chinese_and_the_same_rows(province):
    filing = make_filing(state=State.IN_REVIEW)
    content = content_of(made(order(province, kind="csv")))
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content) == [
        ["申报编号", "企业名称", "统一社会信用代码", "状态", "自评得分"],
        [filing.number, filing.enterprise_name, filing.enterprise.uscc, "审核中", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_looks_like_a_formula_is_a_text_in_csv(start):
    assert csv_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert csv_cell("企业=有限公司") == "企业=有限公司"
    assert csv_cell(-3) == "-3"


def test_a_company_named_like_a_formula_is_no_formula_in_either_file(province):
    name = '=HYPERLINK("http://example.com","点此")'
    filing = make_filing(state=State.IN_REVIEW)
    Filing.objects.filter(pk=filing.pk).update(enterprise_name=name)
    export = made(order(province, columns=("name",)))
    # A formula would be read as its (empty) result.
    assert read_xlsx(content_of(export))[1] == [name]
    assert read_csv(content_of(made(order(province, kind="csv", columns=("name",)))))[1] == [f"'{name}"]


def test_figures_of_the_form_come_from_the_snapshots_as_numbers(province, test_kinds, monkeypatch):
    monkeypatch.setattr(type(test_kinds["test_application"]), "exported_figures", (("revenue", "营业收入", "万元"),))
    first, second = make_filing(state=State.IN_REVIEW), make_filing(state=State.IN_REVIEW)
    newest = first.answers["figures"]["revenue"][0]
    head, *rows = read_xlsx(content_of(made(order(province, columns=("number", "figure_revenue")))))
    assert head == ["申报编号", "营业收入（万元）"]
    assert {row[0]: row[1] for row in rows} == {first.number: float(newest), second.number: float(newest)}


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_take_the_same_queries_however_many_there_are(
    province, count, test_kinds, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(type(test_kinds["test_application"]), "exported_figures", (("revenue", "营业收入", "万元"),))
    ids = [make_filing(state=State.IN_REVIEW).pk for _ in range(count)]
    # the rows, the names of the industries, the snapshots
    with django_assert_num_queries(3):
        chunks = list(export_rows.value_rows(ids, list(columns_for(province).values())))
    assert len(chunks[0]) == count


def test_rows_of_several_chunks_keep_their_order(province, monkeypatch):
    monkeypatch.setattr(export_rows, "CHUNK", 2)
    numbers = [make_filing(state=State.IN_REVIEW).number for _ in range(5)]
    rows = read_csv(content_of(made(order(province, kind="csv", columns=("number",)))))[1:]
    assert [row[0] for row in rows] == numbers[::-1]


def test_ticked_rows_are_exported_and_those_of_another_area_are_not(province):
    mine, other = make_filing(state=State.IN_REVIEW), make_filing(state=State.IN_REVIEW)
    foreign = make_filing(state=State.IN_REVIEW, region="210202")
    export = made(order(province, selection=[mine.pk, foreign.pk]))
    assert [row[0] for row in read_xlsx(content_of(export))[1:]] == [mine.number]
    assert other.number not in str(read_xlsx(content_of(export)))


def test_the_jurisdiction_of_the_moment_of_making_counts(province):
    make_filing(state=State.IN_REVIEW)
    export = order(province)
    province.authority = make_officer("210200").authority
    province.save()
    export = made(export)
    assert (export.state, export.file.name) == (ExportState.FAILED, "")
    assert "已没有您可以导出的申报件" in export.error


def test_a_double_click_is_one_export_and_somebody_elses_token_another(province):
    make_filing(state=State.IN_REVIEW)
    first = order(province, token="same")
    assert order(province, token="same").pk == first.pk
    assert order(make_officer("320000"), token="same").pk != first.pk
    assert Export.objects.count() == 2


def test_the_file_is_one_and_lies_under_its_name(province, media):
    make_filing(state=State.IN_REVIEW)
    export = made(order(province))
    made(export)
    assert files_below(media) == [f"申报名单_{timezone.localtime(export.queued_at):%Y%m%d-%H%M}_{export.pk}.xlsx"]
    assert export.size == len(content_of(export))
    assert export.expires_at - export.finished_at == datetime.timedelta(days=7)


def test_nothing_too_much_too_many_and_no_column_are_refused_with_a_sentence(province, monkeypatch):
    with pytest.raises(Refused, match="没有您可以导出的申报件"):
        order(province)
    for _ in range(3):
        make_filing(state=State.IN_REVIEW)
    with pytest.raises(Refused, match="请至少勾选一列"):
        order(province, columns=())
    monkeypatch.setattr("reviews.queries.exports.MOST_ROWS", 2)
    with pytest.raises(Refused, match="一次最多导出 2 行"):
        order(province)
    monkeypatch.setattr("reviews.queries.exports.MOST_ROWS", 3)
    for _ in range(3):
        order(province)
    with pytest.raises(Refused, match="已有 3 个没有完成的导出") as refused:
        order(province)
    assert refused.value.status == 429


@pytest.mark.parametrize(
    ("role", "personal", "in_full"), [("viewer", False, False), ("reviewer", True, False), ("manager", True, True)]
)
def test_personal_columns_follow_the_role(role, personal, in_full):
    officer = make_officer("320000", role)
    make_filing(state=State.IN_REVIEW)
    for key, allowed in (("contact", personal), ("mobile", personal), ("mobile_in_full", in_full)):
        if allowed:
            assert order(officer, columns=(key,)).columns == [key]
        else:
            with pytest.raises(NotPermitted, match="不能导出的列"):
                order(officer, columns=(key,))


def test_mobiles_are_masked_unless_asked_for_and_the_log_says_so(province):
    make_filing(state=State.IN_REVIEW)
    export = made(order(province, columns=("contact", "mobile")))
    assert read_xlsx(content_of(export))[1] == ["李四", "138****0000"]
    assert AccessLog.objects.latest("id").action == "导出名单"
    export = made(order(province, columns=("mobile_in_full",)))
    assert read_xlsx(content_of(export))[1] == ["13800000000"]
    row = AccessLog.objects.latest("id")
    assert (row.actor, row.action) == (province, "导出名单（含完整手机号）")
    assert "我辖区全部" in row.subject
    assert "联系人手机（完整）" in row.subject


def test_an_officer_whose_role_was_lowered_gets_no_personal_column(province):
    make_filing(state=State.IN_REVIEW)
    export = order(province, columns=("mobile_in_full",))
    province.role = "viewer"
    province.save()
    export = made(export)
    assert export.state == ExportState.FAILED
    assert "您的角色已变更" in export.error


def test_an_export_that_waits_is_cancelled_at_once_and_can_be_made_once_more(province, media):
    make_filing(state=State.IN_REVIEW)
    export = cancel_export(export_id=order(province).pk, user=province)
    assert export.state == ExportState.CANCELLED
    assert made(export).state == ExportState.CANCELLED
    export = retry_export(export_id=export.pk, user=province)
    assert made(export).state == ExportState.READY
    assert retry_export(export_id=export.pk, user=province).state == ExportState.READY
    assert len(files_below(media)) == 1


def test_an_export_that_runs_stops_when_it_is_cancelled_and_leaves_no_file(province, media, monkeypatch):
    for _ in range(4):
        make_filing(state=State.IN_REVIEW)
    monkeypatch.setattr(export_rows, "CHUNK", 1)
    monkeypatch.setattr("reviews.job_tasks.exports.PROGRESS_PAUSE", 0)
    export = order(province)
    real, seen = services.record_progress, []

    def cancel_in_the_middle(*, export, done, total):
        seen.append(done)
        if done == 2:
            cancel_export(export_id=export.pk, user=province)
        real(export=export, done=done, total=total)

    monkeypatch.setattr(services, "record_progress", cancel_in_the_middle)
    export = made(export)
    assert (export.state, seen, export.done) == (ExportState.CANCELLED, [0, 1, 2], 1)
    assert files_below(media) == []


def test_a_full_disk_ends_the_export_with_a_sentence_and_leaves_nothing(province, media, monkeypatch):
    make_filing(state=State.IN_REVIEW)
    for kind in ("csv", "xlsx"):
        export = order(province, kind=kind)
        # A device that is always full stands where the file would be written.
        monkeypatch.setattr("reviews.job_tasks.exports.write_csv", lambda path, *rest: write_to_full_device(path))
        monkeypatch.setattr("reviews.job_tasks.exports.write_xlsx", lambda path, *rest: write_to_full_device(path))
        export = made(export)
        assert export.state == ExportState.FAILED
        assert "存储空间不足" in export.error
        assert files_below(media) == []


def write_to_full_device(path):
    with open("/dev/full", "w") as file:
        csv.writer(file).writerow(["a" * 100_000])


def test_after_a_week_the_file_is_removed_and_the_row_stays(province, media):
    make_filing(state=State.IN_REVIEW)
    export = made(order(province))
    from reviews.job_tasks.exports import expire_exports

    expire_exports()
    assert len(files_below(media)) == 1
    Export.objects.filter(pk=export.pk).update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    expire_exports()
    export.refresh_from_db()
    assert (export.state, export.file.name, files_below(media)) == (ExportState.EXPIRED, "", [])
    expire_export(export=export)


def test_an_enterprise_cannot_order(province):
    filing = make_filing(state=State.IN_REVIEW)
    with pytest.raises(NotPermitted):
        order_export(user=filing.enterprise.account, kind="csv", token="x", columns=COLUMNS)
