"""One 创新型 filing goes all the way, in a real browser against script/server.

The steps build on each other; each is a sentence of what a person does and sees.
"""
import json
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from portal.tests.files import pdf_bytes
from tests.browser import Person, chromium

pytestmark = pytest.mark.journey

NAME = "示例启航精密机械（南京）有限公司"
RECORD = {
    "address": "示例大道 1 号", "postcode": "210000", "founded_on": "2016-03-18", "registered_capital": "2000",
    "legal_representative": "示例人", "legal_representative_mobile": "13900000000", "contact_name": "示例联系人",
    "contact_mobile": "13800000001", "contact_email": "contact@example.com", "controlling_shareholder": "示例控股",
    "actual_controller": "示例人", "employees": "112", "revenue": "5680.5", "total_assets": "6890",
}  # fmt: skip
FIGURES = {
    "employees": ("112", "104", "96"), "rd_staff": ("23", "19", "16"), "revenue": ("5,680.50", "4920", "4310"),
    "main_revenue": ("5210", "4480", "3900"), "net_profit": ("486", "402", "-35.6"),
    "total_assets": ("6890", "6120", "5480"), "total_liabilities": ("3020", "2870", "2790"),
    "rd_expense": ("312.4", "248", "196"),
}  # fmt: skip
EVIDENCE = (
    "evidence.licence", "evidence.social_security", "evidence.audit_y1", "evidence.audit_y2", "innovation.ip_files",
)  # fmt: skip
PAPER = pdf_bytes()


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def people(browser, running_server):
    """The enterprise, the city officer and the province officer, each with a window of his own."""
    enterprise = Person(browser, running_server.url).sign_in("nj-new")
    city = Person(browser, running_server.url).sign_in("nanjing")
    province = Person(browser, running_server.url).sign_in("jiangsu")
    yield enterprise, city, province
    for person in (enterprise, city, province):
        assert person.complaints == []


def test_a_filing_goes_from_the_first_login_to_the_title(people, running_server):
    enterprise, city, province = people
    _basic_information_comes_first(enterprise)
    _the_form_computes_and_scores_while_it_is_filled_in(enterprise)
    _a_draft_can_be_downloaded_with_a_watermark(enterprise)
    number = _the_check_page_names_who_receives_it(enterprise)
    _the_city_returns_it_with_a_comment_at_a_field(city)
    _the_enterprise_finds_the_comment_and_submits_again(enterprise, running_server)
    _the_city_and_the_province_approve(city, province)
    _the_province_publicises_and_announces(province, running_server)
    _the_enterprise_has_its_title(enterprise, running_server)
    _the_paper_says_what_was_submitted(enterprise, number)


def _basic_information_comes_first(enterprise):
    page = enterprise.page
    enterprise.follow("企业申报管理")
    enterprise.press("创新型中小企业", exact=False)
    enterprise.reads("完善企业基本信息")
    enterprise.follow("确定")
    _choose_region(page, "江苏省", "南京市", "玄武区")
    for name, text in RECORD.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=enterprise_type][value=private]").check()
    page.locator("[name=has_little_giant_holding][value=no]").check()
    page.locator("[name=has_group_similar_product][value=no]").check()
    page.locator("[name=listing_status][value=no_plan]").check()
    page.get_by_role("button", name="所属行业").click()
    page.get_by_role("searchbox").fill("3569")
    page.get_by_role("treeitem").filter(has_text="3569").click()
    page.get_by_role("treeitem", level=2).last.click()
    expect(page.locator("[name=industry]")).to_have_value("3569")
    enterprise.reads("小型")
    enterprise.press("保存")
    enterprise.reads("保存成功")


def _choose_region(page, *names):
    for level, name in enumerate(names):
        page.locator("[data-region-picker] select").nth(level).select_option(label=name)


def _the_form_computes_and_scores_while_it_is_filled_in(enterprise):
    page = enterprise.page
    enterprise.press("创新型中小企业", exact=False)
    expect(page.locator("#f-basic-name, [name='basic-name']").first).to_be_visible()
    for row, figures in FIGURES.items():
        for year, figure in enumerate(figures, start=1):
            page.locator(f"[name='economy-{row}_y{year}']").fill(figure)
    expect(page.locator("[data-computed=rd_ratio_y1]")).to_have_text("5.50")
    for name, text in {"ip_class1": "4", "ip_class1_high_value": "0", "ip_class1_self": "3", "ip_class2": "11"}.items():
        page.locator(f"[name='innovation-{name}']").fill(text)
    page.locator("[name='innovation-rd_body_level'][value=none]").check()
    page.locator("[name='specialization-main_product']").fill("精密传动部件")
    page.locator("[name='specialization-segment_years']").fill("6")
    page.locator("[name='specialization-emerging_industry'][value=no]").check()
    for claim in ("direct_award", "direct_honour", "direct_rd_body"):
        page.locator(f"[name='direct-{claim}'][value=no]").check()
    page.locator("[name='direct-new_equity_3y']").fill("0")
    page.locator("[name='statement-overview']").fill("专注精密传动部件的研发和生产。")
    page.locator("[name='statement-declared']").check()
    for slot in EVIDENCE:
        page.locator(f"[name='file-{slot}']").set_input_files(
            {"name": "示例材料.pdf", "mimeType": "application/pdf", "buffer": PAPER}
        )
        expect(page.locator(f"[data-slot='{slot}'] [data-files] li")).to_have_count(1)
    enterprise.reads("满足")
    expect(page.locator("[data-save-state]")).to_contain_text("已暂存")


def _a_draft_can_be_downloaded_with_a_watermark(enterprise):
    enterprise.press("下载")
    text = _downloaded(enterprise)
    assert "草稿" in text
    assert NAME in text
    enterprise.follow("返回填报")


def _the_check_page_names_who_receives_it(enterprise):
    page = enterprise.page
    enterprise.press("提交")
    enterprise.reads("填写完整，可以提交", "南京市中小企业主管部门", "提交后不能自行撤回或修改")
    page.get_by_role("button", name="确认提交").dblclick()
    enterprise.reads("提交成功", "审核中", "南京市中小企业主管部门")
    return page.locator(".fact-list dd").first.inner_text()


def _the_city_returns_it_with_a_comment_at_a_field(city):
    page = city.page
    page.goto("/admin/")
    city.follow("申报件", exact=False)
    page.get_by_role("link", name=NAME).click()
    city.reads("精密传动部件", "5,680.5")
    page.get_by_role("link", name="批注“研发费用总额”").click()
    page.locator("textarea[name=text]").fill("与审计报告不一致，请核对。")
    page.locator("[name=visibility][value=enterprise]").check()
    city.press("保存批注")
    page.get_by_role("link", name="退回", exact=True).click()
    city.press("确认")
    city.reads("意见")  # refused without a reason, and said so at the field
    page.locator("[name=comment]").fill("研发费用与审计报告不一致，请改正后重新提交。")
    city.press("确认")
    city.reads("退回")


def _the_enterprise_finds_the_comment_and_submits_again(enterprise, running_server):
    page = enterprise.page
    page.goto("/enterprise/messages/")
    enterprise.reads("申报被退回，请修改", "研发费用与审计报告不一致")
    enterprise.follow("企业申报管理")
    page.get_by_role("link", name="修改").first.click()
    enterprise.reads("与审计报告不一致，请核对。", "被退回")
    page.locator("[name='economy-rd_expense_y1']").fill("300")
    expect(page.locator("[data-computed=rd_ratio_y1]")).to_have_text("5.28")
    enterprise.press("提交")
    page.get_by_role("button", name="确认提交").click()
    enterprise.reads("提交成功")
    texts = [json.loads(line)["text"] for line in (running_server.var / "sms.log").read_text().splitlines()]
    assert any("研发费用与审计报告不一致" in text for text in texts)


def _the_city_and_the_province_approve(city, province):
    for officer in (city, province):
        page = officer.page
        page.goto("/admin/reviews/filing/")
        page.get_by_role("link", name=NAME).click()
        if officer is city:
            officer.reads("312.4", "300")  # what changed since the last submission
        page.get_by_role("link", name="通过", exact=True).click()
        officer.press("确认")
        officer.reads("通过")


def _the_province_publicises_and_announces(province, running_server):
    page = province.page
    page.goto("/admin/reviews/publicitylist/add/")
    page.locator("[name=contact]").fill("演示电话 000-00000000")
    province.press("建立名单")
    province.reads(NAME)
    province.follow("开始公示")
    province.press("确认开始公示")
    province.reads("公示中")
    listed = page.url.rstrip("/").split("/")[-2]
    running_server.manage(
        "shell", "-v0", "-c",
        "import datetime; from reviews.models import PublicityList; day = datetime.date.today();"
        f"PublicityList.objects.filter(pk={listed}).update(starts_on=day - datetime.timedelta(9),"
        " ends_on=day - datetime.timedelta(2))",
    )  # fmt: skip
    page.reload()
    province.follow("公告")
    page.locator("[name=document_number]").fill("演示〔2026〕2号")
    province.press("确认公告")
    province.reads("已公告", "演示〔2026〕2号")


def _the_enterprise_has_its_title(enterprise, running_server):
    page = enterprise.page
    page.goto("/enterprise/")
    expect(page.locator(".tier-badge").first).to_have_text("创新型中小企业")
    enterprise.reads("CX320000")
    enterprise.follow("系统消息", exact=False)
    enterprise.reads("已认定为创新型中小企业")
    running_server.manage("verify_chains")
    assert "已由江苏省中小企业主管部门公告认定" in (running_server.var / "sms.log").read_text()


def _the_paper_says_what_was_submitted(enterprise, number):
    page = enterprise.page
    page.goto("/enterprise/filings/")
    page.get_by_role("link", name=f"详情 {number}").click()
    enterprise.press("下载")
    text = _downloaded(enterprise)
    assert "草稿" not in text
    for expected in (number, NAME, "5,680.5", "300", "第 1 页"):
        assert expected in text, expected


def _downloaded(person):
    """Wait for the PDF, download it and return its text."""
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name="下载 PDF").click(timeout=60_000)
    content = download.value.path().read_bytes()
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
