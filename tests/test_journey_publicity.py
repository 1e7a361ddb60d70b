"""A publicity list from its making to the certificate: one enterprise is supplemented, one objection is upheld.

A real browser against script/server.
"""
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import Person, chromium

pytestmark = pytest.mark.journey

STAYING = "示例海棠新材料（南京）有限公司"
LEAVING = "示例东麓自动化（南京）有限公司"
NUMBER = "演示〔2026〕9号"
APPROVE = f"""
from accounts.models import User
from reviews.models import Filing
from reviews.services import decisions
filing = Filing.objects.get(enterprise_name="{LEAVING}", state="in_review")
decisions.approve(filing_id=filing.pk, user=User.objects.get(login_name="jiangsu"), seen_version=filing.version)
"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


def test_a_list_is_supplemented_loses_one_to_an_objection_and_the_rest_gets_certificates(browser, running_server):
    province, visitor = Person(browser, running_server.url), Person(browser, running_server.url, width=360)
    province.sign_in("jiangsu", at="/admin/")
    listed = _the_province_makes_a_list(province)
    _an_enterprise_approved_later_is_put_on_it(province, running_server)
    _it_is_started_and_the_public_reads_it(province, visitor, listed)
    _an_objection_is_upheld_and_that_one_is_out(province, visitor, listed)
    _the_rest_is_announced(province, running_server, listed)
    _the_public_downloads_the_list(visitor, listed)
    enterprise = Person(browser, running_server.url).sign_in("nj-approved")
    address = _the_enterprise_downloads_its_certificate(enterprise, running_server)
    _anybody_checks_the_number(visitor, address)
    _the_one_that_is_out_knows_why(browser, running_server)
    assert province.complaints == visitor.complaints == enterprise.complaints == []


def _the_province_makes_a_list(province):
    page = province.page
    page.goto("/admin/reviews/publicitylist/add/")
    page.locator("[name=area_id]").select_option(label="南京市（1 件）")
    page.locator("[name=contact]").fill("演示电话 000-00000000")
    province.press("建立名单")
    province.reads("名单已建立，列入 1 家企业。", STAYING)
    return page.url.rstrip("/").split("/")[-2]


def _an_enterprise_approved_later_is_put_on_it(province, running_server):
    running_server.manage("shell", "-v0", "-c", APPROVE)
    province.follow("补充企业")
    province.page.get_by_label(f"勾选“{LEAVING}”").check()
    province.press("列入名单")
    province.reads("已列入 1 家企业。", STAYING, LEAVING, "名单，共 2 家企业")


def _it_is_started_and_the_public_reads_it(province, visitor, listed):
    province.follow("开始公示")
    province.press("确认开始公示")
    province.reads("公示中")
    visitor.page.goto(f"/publicity/{listed}/")
    visitor.reads(STAYING, LEAVING, "共 2 家企业")


def _an_objection_is_upheld_and_that_one_is_out(province, visitor, listed):
    page = province.page
    page.get_by_label(f"登记对“{LEAVING}”的异议").click()
    page.locator("[name=objector]").fill("示例异议人")
    page.locator("[name=contact]").fill("13900000001")
    page.locator("[name=content]").fill("核心专利已经转让。")
    page.locator("form.desk-form").get_by_role("button", name="登记异议").click()
    province.reads("异议已登记。答复之前，这份名单不能公告。")
    page.locator("[name=outcome]").select_option("upheld")
    page.locator("[name=answer]").fill("经核查，专利已于上月转让。")
    page.locator("[name=reason]").fill("实名异议成立：核心专利已转让。")
    province.press("确认答复")
    province.reads("已答复", "异议成立")
    visitor.page.reload()
    visitor.reads(STAYING, "共 1 家企业")
    expect(visitor.page.get_by_text(LEAVING)).to_have_count(0)


def _the_rest_is_announced(province, running_server, listed):
    page = province.page
    running_server.manage(
        "shell", "-v0", "-c",
        "import datetime; from reviews.models import PublicityList; day = datetime.date.today();"
        f"PublicityList.objects.filter(pk={listed}).update(starts_on=day - datetime.timedelta(9),"
        " ends_on=day - datetime.timedelta(2))",
    )  # fmt: skip
    page.goto(f"/admin/reviews/publicitylist/{listed}/change/")
    province.follow("公告")
    province.reads("名单上的 1 家企业将被认定")
    page.locator("[name=document_number]").fill(NUMBER)
    province.press("确认公告")
    province.reads("已公告，1 家企业被认定", NUMBER, "已移出", "核心专利已转让")


def _the_public_downloads_the_list(visitor, listed):
    page = visitor.page
    page.goto(f"/publicity/{listed}/")
    with page.expect_download() as download:
        visitor.follow("下载 Excel")
    assert download.value.suggested_filename.endswith(".xlsx")
    visitor.follow("下载 PDF")
    visitor.press("生成 PDF")
    text = _text(_downloaded(visitor))
    assert STAYING in text
    assert LEAVING not in text
    assert NUMBER in text


def _the_enterprise_downloads_its_certificate(enterprise, running_server):
    enterprise.page.goto("/enterprise/")
    enterprise.press("下载证书", exact=False)
    reader = _downloaded(enterprise)
    text = _text(reader)
    for words in (STAYING, "创新型中小企业证书", NUMBER, "本证书由平台生成，以公告为准。"):
        assert words in text, words
    [address] = {note.get_object()["/A"]["/URI"] for note in reader.pages[0]["/Annots"] if "/A" in note.get_object()}
    assert address.startswith(f"{running_server.url}/certificates/CX320000")
    return address


def _anybody_checks_the_number(visitor, address):
    visitor.page.goto(address)
    visitor.reads("认定有效", STAYING, NUMBER)
    visitor.page.goto(f"{address.rstrip('/')[:-5]}99999/")
    visitor.reads("没有这个认定编号")


def _the_one_that_is_out_knows_why(browser, running_server):
    loser = Person(browser, running_server.url).sign_in("nj-province")
    loser.page.goto("/enterprise/messages/")
    loser.reads("已移出公示名单", "核心专利已转让")
    assert "核心专利已转让" in (running_server.var / "sms.log").read_text()
    assert loser.complaints == []


def _downloaded(person):
    """Wait for the PDF, download it and return its reader."""
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="下载 PDF").click(timeout=60_000)
    return PdfReader(BytesIO(download.value.path().read_bytes()))


def _text(reader):
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")
