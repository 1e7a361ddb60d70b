"""Reading the list of enterprises that an officer uploads."""
import io

import pytest
from python_calamine import CalamineWorkbook

from accounts.uscc import invented_uscc
from applications.services import eligibility_reading
from applications.services.eligibility_reading import plain_code, read_list
from applications.tests.eligibility_files import far_cell, upload, workbook
from portal.tools.errors import Refused
from portal.tools.tables import write_table

CODE = invented_uscc(11)
FULL_WIDTH = "".join(chr(ord(char) + 0xFEE0) for char in CODE)


def refused(content, name):
    with pytest.raises(Refused) as refusal:
        read_list(upload(content, name))
    return refusal.value


def test_columns_are_found_by_their_heading_wherever_they_stand_and_rows_keep_their_number():
    content = workbook(
        [("1", CODE, "南京", "甲有限公司"), ("", "", "", ""), ("3", "", "", "乙有限公司")],
        headings=("序号", "统一社会信用代码", "地市", "企业名称 *"), title="满足复核条件名单",
    )
    read = read_list(upload(content))
    assert read.rows == [[3, "甲有限公司", CODE], [5, "乙有限公司", ""]]
    assert len(read.sha256) == 64


@pytest.mark.parametrize("typed", [FULL_WIDTH, f" {CODE[:8]} {CODE[8:]}\u200b", CODE.lower(), f"'{CODE}"])
def test_a_code_is_read_without_blanks_and_full_width_characters(typed):
    assert plain_code(typed) == CODE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_csv_is_read_in_the_encodings_and_with_the_separators_of_chinese_programs(encoding, delimiter):
    text = delimiter.join(("统一社会信用代码", "企业名称")) + "\r\n" + delimiter.join((CODE, "甲有限公司")) + "\r\n"
    assert read_list(upload(text.encode(encoding), "名单.csv")).rows == [[2, "甲有限公司", CODE]]


def test_a_code_that_excel_holds_as_a_number_shows_that_its_end_is_lost():
    content = workbook([("甲有限公司", 913201000000000123)], numbers={(0, 1)})
    assert read_list(upload(content)).rows == [[2, "甲有限公司", "9.13201E+17"]]


@pytest.mark.parametrize(
    ("content", "name", "status", "sentence"),
    [
        (b"", "名单.xlsx", 422, "“名单.xlsx”是空文件"),
        (b"hello", "名单.xlsx", 415, "的内容不是 xlsx 格式"),
        (b"%PDF-1.4", "名单.pdf", 415, "不在支持的格式（xlsx、xls、csv）之内"),
        (b"MZ\x00\x00\x01", "名单.csv", 415, "不是文本格式的 csv 文件"),
        (far_cell(), "名单.xlsx", 422, "占用的单元格过多"),
        (workbook([("甲", CODE)], headings=("单位", "代码")), "名单.xlsx", 422, "没有找到表头“企业名称”、“统一社会信用代码”"),
        (workbook([("甲", CODE)], headings=("企业名称", "代码")), "名单.xlsx", 422, "没有找到表头“统一社会信用代码”"),
        (workbook([]), "名单.xlsx", 422, "下面没有内容"),
    ],
    ids=["empty", "text", "pdf", "program", "far", "headings", "heading", "rows"],
)
def test_what_is_no_list_is_refused_in_a_sentence_that_names_the_file(content, name, status, sentence):
    refusal = refused(content, name)
    assert refusal.status == status
    assert sentence in refusal.message
    assert name in refusal.message


def test_a_list_that_is_too_long_is_refused_with_the_limit(monkeypatch):
    monkeypatch.setattr(eligibility_reading, "MOST_ROWS", 3)
    rows = [(f"企业{n}", invented_uscc(n)) for n in range(4)]
    assert len(read_list(upload(workbook(rows[:3]))).rows) == 3
    refusal = refused(workbook(rows), "名单.xlsx")
    assert (refusal.status, "超过 3 行" in refusal.message) == (413, True)


def test_a_file_that_is_too_big_is_refused_with_both_sizes(monkeypatch):
    monkeypatch.setattr(eligibility_reading, "MOST_BYTES", 1024)
    refusal = refused(b"x" * 2048, "名单.xlsx")
    assert (refusal.status, "超过单个文件上限 1 KB" in refusal.message) == (413, True)


def test_a_table_that_is_written_holds_texts_only_whatever_they_look_like():
    odd = ["=1+1", "@SUM(A1)", "-5", "https://example.com", "0012"]
    content = write_table(title="名单", columns=[("列", 10)], rows=[[text] for text in odd])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()] == ["列", *odd]
