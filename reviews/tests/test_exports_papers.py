"""导出 of documents: a zip of PDFs with an index, whatever one of them does."""
import pytest

from accounts.tests.factories import make_enterprise, make_officer
from reviews.enums import DocumentState, ExportState, State
from reviews.models import Document, Snapshot
from reviews.tests.exports import made, order, read_xlsx, zip_of
from reviews.tests.factories import make_filing
from reviews.tests.papers import make_paper_of_one_line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def province():
    return make_officer("320000", "manager")


def index_of(archive):
    head, *rows = read_xlsx(archive.read("目录.xlsx"))
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_papers_that_exist_are_taken_and_others_are_made_now(province):
    old = make_filing(make_enterprise(name="甲/乙:有限公司"), state=State.IN_REVIEW)
    make_paper_of_one_line(old)
    new = make_filing(make_enterprise(name="丙有限公司"), state=State.IN_REVIEW)
    export = made(order(province, kind="pdfs"))
    assert (export.state, export.done, export.total) == (ExportState.READY, 2, 2)
    archive = zip_of(export)
    names = [f"001_丙有限公司_{new.number}.pdf", f"002_甲乙有限公司_{old.number}.pdf"]
    assert archive.namelist() == [*names, "目录.xlsx"]
    assert archive.read(names[0]).startswith(b"%PDF-1.7")
    assert len(archive.read(names[0])) > 10_000
    assert archive.read(names[1]) == b"%PDF-1.7\n"
    rows = index_of(archive)
    assert [row["文件名"] for row in rows] == names
    assert [row["申报编号"] for row in rows] == [new.number, old.number]
    assert [row["没有文件的原因"] for row in rows] == ["", ""]
    assert Document.objects.filter(state=DocumentState.READY).count() == 2


def test_a_paper_that_fails_stands_in_the_index_with_the_reason_and_the_rest_is_there(province, monkeypatch):
    good, bad = make_filing(state=State.IN_REVIEW), make_filing(state=State.IN_REVIEW)
    make_paper_of_one_line(good)
    # What was submitted does not fit its hash any more: no paper is made of it.
    monkeypatch.setattr("reviews.tasks.is_intact", lambda snapshot: snapshot.filing_id != bad.pk)
    export = made(order(province, kind="pdfs"))
    assert export.state == ExportState.READY
    first, second = index_of(zip_of(export))
    assert (first["申报编号"], first["文件名"]) == (bad.number, "")
    assert "校验值不符" in first["没有文件的原因"]
    assert second["文件名"] in zip_of(export).namelist()


def test_a_paper_that_failed_before_is_tried_again(province):
    filing = make_filing(state=State.IN_REVIEW)
    document = make_paper_of_one_line(filing)
    Document.objects.filter(pk=document.pk).update(state="failed", error="以前的错误", file="")
    export = made(order(province, kind="pdfs"))
    row, = index_of(zip_of(export))
    assert row["没有文件的原因"] == ""
    document.refresh_from_db()
    assert document.state == DocumentState.READY


def test_what_an_officer_gets_is_what_was_submitted_last_not_a_draft(province):
    filing = make_filing(state=State.RETURNED)
    export = made(order(province, kind="pdfs"))
    assert export.state == ExportState.READY
    assert Document.objects.get().snapshot_id == filing.snapshot_id == Snapshot.objects.latest("id").pk


def test_the_limit_of_papers_is_said_in_a_sentence(province, monkeypatch):
    for _ in range(2):
        make_filing(state=State.IN_REVIEW)
    monkeypatch.setattr("reviews.queries.exports.MOST_PAPERS", 1)
    with pytest.raises(Exception, match="一次最多导出 1 份申报文档"):
        order(province, kind="pdfs")
