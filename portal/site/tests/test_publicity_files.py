"""The list as Excel and PDF: for the public what its page shows, for officers what theirs shows."""
import io
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from accounts.models import AccessLog
from accounts.tests.factories import make_enterprise, make_officer
from portal.celery import app
from reviews.enums import State
from reviews.services import publicity as services
from reviews.services import publicity_papers
from reviews.tasks import render_publicity_list
from reviews.tests.factories import announce, make_filing, make_publicity, officer_of, publicise
from tests.workers import empty_queue

pytestmark = pytest.mark.django_db

DESK = "/admin/reviews/publicitylist/"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    return tmp_path


def approved(name):
    return make_filing(make_enterprise(name=name), state=State.APPROVED)


@pytest.fixture
def listed():
    """A running list of which one enterprise was taken out."""
    staying, leaving = approved("=HYPERLINK(1)有限公司"), approved("移出名单有限公司")
    made = publicise(staying)
    entry = leaving.publicity_entries.get()
    services.take_out(user=officer_of(made.authority), entry_id=entry.pk, reason="异议成立：主导产品不符。")
    return made


def rows_of(response):
    assert response.status_code == 200
    return rows_in(response.getvalue())


def rows_in(content):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def page_of(listed, name="publicity_pdf"):
    return reverse(f"site:{name}", args=[listed.pk])


def text_of(response):
    return text_in(PdfReader(io.BytesIO(response.getvalue())))


def text_in(reader):
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def test_the_public_excel_has_the_rows_of_the_page_and_a_name_is_never_a_formula(client, listed):
    response = client.get(page_of(listed, "publicity_sheet"))
    assert unquote(response["Content-Disposition"]).endswith("公示名单.xlsx")
    content = response.getvalue()
    rows = rows_in(content)
    filing = listed.entries.get(position=1)
    assert rows[0][0] == listed.title
    assert listed.authority.name in rows[1][0]
    assert rows[2] == ["序号", "企业名称", "统一社会信用代码", "所在地"]
    assert rows[3:] == [[1.0, "=HYPERLINK(1)有限公司", filing.uscc, "江苏省南京市玄武区"]]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_officers_excel_marks_who_was_taken_out_and_the_download_is_logged(client, listed):
    client.force_login(make_officer("320000", "viewer"))
    rows = rows_of(client.get(f"{DESK}{listed.pk}/list.xlsx"))
    assert rows[2][4:] == ["状态", "移出日期", "移出原因"]
    assert [row[1] for row in rows[3:]] == ["=HYPERLINK(1)有限公司", "移出名单有限公司"]
    assert rows[3][4:] == ["公示中", "", ""]
    assert (rows[4][4], rows[4][6]) == ("已移出", "异议成立：主导产品不符。")
    assert AccessLog.objects.get(action="下载公示名单").subject.endswith("（Excel）")


def test_the_pdf_is_made_by_a_worker_and_its_page_says_how_far_it_is(client, listed):
    page = client.get(page_of(listed)).content.decode()
    assert "还没有生成" in page
    assert "生成 PDF</button>" in page
    assert client.get(page_of(listed, "publicity_file")).status_code == 404
    assert client.post(page_of(listed)).url == page_of(listed)
    answer = client.get(page_of(listed), headers=SCRIPT).json()
    assert (answer["state"], answer["label"], answer["done"]) == ("queued", "排队中", False)
    render_publicity_list(listed.pk, True)
    page = client.get(page_of(listed)).content.decode()
    assert f'href="{page_of(listed, "publicity_file")}">下载 PDF' in page
    reader = PdfReader(io.BytesIO(client.get(page_of(listed, "publicity_file")).getvalue()))
    text = text_in(reader)
    for words in (listed.title, "=HYPERLINK(1)有限公司", "江苏省南京市玄武区", "共1家企业", listed.authority.name):
        assert re.sub(r"\s", "", words) in text
    assert "移出名单有限公司" not in text
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_the_officers_pdf_holds_those_taken_out_and_the_public_never_gets_it(client, listed):
    render_publicity_list(listed.pk, False)
    assert client.get(page_of(listed, "publicity_file")).status_code == 404
    client.force_login(make_officer("320000", "viewer"))
    assert "下载 PDF" in client.get(f"{DESK}{listed.pk}/pdf/").content.decode()
    text = text_of(client.get(f"{DESK}{listed.pk}/list.pdf"))
    assert "移出名单有限公司" in text
    assert "主导产品不符" in text


def test_when_the_list_changes_the_old_pdf_is_not_given_out_any_more(client, listed):
    render_publicity_list(listed.pk, True)
    old = publicity_papers.paper_of(listed, public=True).name
    filing = listed.entries.get(position=1).filing
    announced = announce(filing, "苏〔2026〕7号")
    assert client.get(page_of(listed, "publicity_file")).status_code == 404
    assert "还没有生成" in client.get(page_of(listed)).content.decode()
    render_publicity_list(listed.pk, True)
    assert "苏〔2026〕7号" in text_of(client.get(page_of(announced, "publicity_file")))
    assert not default_storage.exists(old)
    assert announced.document_number in str(rows_of(client.get(page_of(listed, "publicity_sheet")))[1])


def test_ordered_twice_it_is_made_once(client, listed):
    empty_queue("pdf")
    for _ in range(3):
        client.post(page_of(listed))
    with app.connection_for_read() as broker:
        assert broker.default_channel.client.llen("pdf") == 1
    empty_queue("pdf")
    paper = publicity_papers.paper_of(listed, public=True)
    assert publicity_papers.begin(paper)
    assert not publicity_papers.begin(paper)


def test_a_failure_says_why_and_is_tried_again_at_the_press_of_a_button(client, listed, broker_away):
    client.post(page_of(listed))
    page = client.get(page_of(listed)).content.decode()
    assert "生成失败" in page
    assert "后台服务暂时没有回应" in page
    broker_away()
    client.post(page_of(listed))
    assert "排队中" in client.get(page_of(listed)).content.decode()


def test_one_address_orders_no_more_than_thirty_lists_an_hour(client, listed, monkeypatch):
    monkeypatch.setattr(publicity_papers, "ORDERS_PER_HOUR", 0)
    response = client.post(page_of(listed))
    assert response.status_code == 429
    assert "请一小时后再试，或改为下载 Excel" in response.content.decode()


def test_a_list_in_preparation_has_no_public_files_and_its_publisher_has_both(client):
    draft = make_publicity(approved("南京甲有限公司"))
    for name in ("publicity_sheet", "publicity_pdf", "publicity_file"):
        assert client.get(page_of(draft, name)).status_code == 404
    render_publicity_list(draft.pk, True)
    assert publicity_papers.paper_of(draft, public=True).state == publicity_papers.NONE
    client.force_login(make_officer("320000", "viewer"))
    assert rows_of(client.get(f"{DESK}{draft.pk}/list.xlsx"))[3][1] == "南京甲有限公司"
    client.post(f"{DESK}{draft.pk}/pdf/")
    render_publicity_list(draft.pk, False)
    assert "南京甲有限公司" in text_of(client.get(f"{DESK}{draft.pk}/list.pdf"))
    client.force_login(make_officer("320100"))
    assert client.get(f"{DESK}{draft.pk}/list.xlsx").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_files_take_two_queries_whatever_they_hold(client, django_assert_num_queries, rows):
    filings = [approved(f"南京{number}号有限公司") for number in range(rows)]
    listed = publicise(filings[0])
    for name in ("publicity_sheet", "publicity_pdf"):  # the list with its authority, its rows
        with django_assert_num_queries(2):
            client.get(page_of(listed, name))
