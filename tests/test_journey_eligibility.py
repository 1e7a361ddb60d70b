"""A province sets 满足复核条件 by an Excel list in which three rows are bad, and reads why.

A real browser against script/server.
"""
from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from accounts.uscc import invented_uscc
from applications.tests.eligibility_files import workbook
from tests.browser import Person, chromium

pytestmark = pytest.mark.journey

LIST = "/admin/applications/renewaleligibility/"


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


def test_a_list_with_three_bad_rows_sets_the_good_ones_and_names_the_others(browser, running_server, tmp_path):
    province = Person(browser, running_server.url).sign_in("chongqing", at="/admin/")
    name, code = _an_enterprise_that_is_not_set(province)
    rows = _uploads(province, name, code)
    _reads_the_preview_and_confirms(province, rows)
    _reads_the_result(province)
    _downloads_it(province, tmp_path, rows)
    _finds_the_enterprise_set_and_the_list_in_the_history(province, name, code)
    assert province.complaints == []


def _an_enterprise_that_is_not_set(province):
    page = province.page
    province.follow("满足复核条件")
    page.locator("[name=eligible]").select_option("no")
    page.locator("[name=tier]").select_option("innovative")
    province.press("查询")
    head = page.locator("tbody tr").first.locator("th")
    code = head.locator(".desk-mini").inner_text().strip()
    return head.inner_text().replace(code, "").strip(), code


def _uploads(province, name, code):
    """Upload one good row, one whose code stands further up, one nobody knows, one with a wrong check digit."""
    unknown = invented_uscc(7654321)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    wide = "".join(chr(ord(char) + 0xFEE0) for char in code)
    rows = [(name, wide), (name, code), ("查无此企业有限公司", unknown), (name, wrong)]
    province.follow("上传名单")
    page = province.page
    expect(page.locator("[name=tier]")).to_have_value("innovative")  # as the list was filtered
    page.locator("[name=note]").fill("第一批")
    page.locator("[name=file]").set_input_files(
        {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(rows, title="复核名单")}
    )
    province.press("上传并核对")
    return [(name, code), (name, code), ("查无此企业有限公司", unknown), (name, wrong)]


def _reads_the_preview_and_confirms(province, rows):
    province.reads("还没有设置，请核对。", "可以设置 1 行，此前已设置 0 行，不能设置 3 行。")
    province.reads("与第 3 行重复", f"平台上没有统一社会信用代码为“{rows[2][1]}”的企业", f"“{rows[3][1]}”的校验位不符")
    province.press("确认办理")


def _reads_the_result(province):
    province.sees("办理完成，共 4 行")  # the page asks by itself how far it is
    province.reads("已设置 1 行，此前已设置 0 行，未成功 3 行。")
    province.follow("只看未成功")
    expect(province.page.locator("tbody tr")).to_have_count(3)


def _downloads_it(province, tmp_path, rows):
    for link, numbers in (("下载结果（Excel）", ["3", "4", "5", "6"]), ("只下载未成功的", ["4", "5", "6"])):
        with province.page.expect_download() as started:
            province.follow(link)
        kept = Path(tmp_path, "result.xlsx")
        started.value.save_as(kept)
        lines = CalamineWorkbook.from_path(str(kept)).get_sheet_by_index(0).to_python()
        assert [line[0] for line in lines[1:]] == numbers
    assert [line[2] for line in lines[1:]] == [code for _, code in rows[1:]]
    assert [line[3] for line in lines[1:]] == ["未成功"] * 3
    assert "校验位不符" in lines[-1][4]


def _finds_the_enterprise_set_and_the_list_in_the_history(province, name, code):
    page = province.page
    page.goto(f"{LIST}?q={code}&tier=innovative")
    province.reads(name, "已设置", "第一批")
    province.follow("名单办理记录")
    province.reads("名单.xlsx")
