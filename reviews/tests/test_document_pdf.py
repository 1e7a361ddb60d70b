"""The paper itself: real WeasyPrint PDFs, read back."""
import io
import re

import pytest
from pypdf import PdfReader

from reviews.documents import render
from reviews.documents.names import download_name
from reviews.enums import SnapshotCause
from reviews.models import Snapshot
from reviews.tests.payloads import DIGEST, field, make_blank_payload, make_payload

NOTO = "Noto-Serif-CJK-SC"
WATERMARK = "草稿（未提交）"


def read(payload, cause=SnapshotCause.SUBMIT):
    pdf = render.render_snapshot(Snapshot(payload=payload, sha256=DIGEST, cause=cause))
    reader = PdfReader(io.BytesIO(pdf.content))
    assert len(reader.pages) == pdf.pages
    return reader


def text_of(page):
    return re.sub(r"\s+", "", page.extract_text())


def whole_text(reader):
    return "".join(text_of(page) for page in reader.pages)


def fonts_of(reader):
    """The names of the embedded fonts without their subset prefix; every font must be embedded."""
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
            assert embedded, f"{inner['/BaseFont']} is not embedded"
            names.add(inner["/BaseFont"].rsplit("+", 1)[-1])
    return names


def with_field(text):
    payload = make_payload()
    payload["sections"][0]["items"][3] = field("legal_representative", "法定代表人", text)
    return payload


@pytest.fixture(scope="module")
def submitted():
    return read(make_payload())


@pytest.fixture(scope="module")
def draft():
    return read(make_blank_payload(), SnapshotCause.PREVIEW)


@pytest.mark.parametrize(
    "words",
    [
        "创新型中小企业自评表", "CX202600000007", "测试精密机械有限公司", "91999999000000011X", "江苏省南京市玄武区",
        "审核中（第1次提交）", "2026年03月05日09:30", "自评得分90分（满分100分，60分以上为达标）", "满足评价标准",
        "上年度资产负债率43.06%55%以下1010", "成长性小计（不低于15分）2530", "近三年内获得过国家级、省级科技奖励否不符合",
        "注册资本1000.00万元", "营业收入（万元）5600.005000.004300.00", "研发费用占营业收入比重（%，自动计算）5.004.804.19",
        "主营业务收入增长率：（2024年）缺少：2023年主营业务收入；（2023年）缺少：2023年主营业务收入", "传真（未填）", "上年度审计报告（未上传）",
        "1一种矿用变频控制装置ZL202310000001.1860.00", "单台设备平均无故障时间由800小时提高到2600小时",
        "企业（盖章）：", "法定代表人（签字）：", "营业执照.pdf（340KB）", DIGEST,
    ],
)  # fmt: skip
def test_the_paper_says_what_the_enterprise_filled_in(submitted, words):
    assert words in whole_text(submitted)


def test_personal_values_stand_on_the_paper_in_full_though_they_are_sealed_in_the_snapshot(submitted):
    payload = make_payload()
    assert "13800001234" not in str(payload)
    assert "联系人手机13800001234" in whole_text(submitted)


def test_parts_come_in_the_order_of_the_official_paper(submitted):
    text = whole_text(submitted)
    parts = ["自评结果", "企业基本情况", "经济效益", "知识产权清单", "佐证材料清单", "真实性声明", "内容校验值"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)


def test_every_page_has_its_number_and_the_number_of_pages_and_the_title(submitted):
    total = len(submitted.pages)
    assert total >= 3
    for number, page in enumerate(submitted.pages, start=1):
        assert f"第{number}页/共{total}页" in text_of(page)
        assert text_of(page).count("创新型中小企业自评表") >= 1
        assert "编号CX202600000007" in text_of(page)


def test_only_the_meant_font_is_embedded_as_a_subset(submitted, draft):
    assert fonts_of(submitted) == {NOTO}
    assert fonts_of(draft) == {NOTO}


def test_check_marks_come_from_dejavu_and_only_where_they_occur():
    assert fonts_of(read(with_field("☑ 是 ☐ 否"))) == {NOTO, "DejaVu-Sans"}


def test_the_fonts_are_cut_down_to_the_characters_used():
    snapshot = Snapshot(payload=make_payload(), sha256=DIGEST, cause=SnapshotCause.SUBMIT)
    assert len(render.render_snapshot(snapshot).content) < 400_000  # with whole fonts it would be 46 MB


def test_weasyprint_runs_with_the_harfbuzz_subsetter():
    from weasyprint.text.ffi import harfbuzz_subset

    assert harfbuzz_subset, "libharfbuzz-subset0 is missing: a document would take 20 times longer"


def test_a_draft_bears_the_watermark_on_every_page(draft):
    assert all(WATERMARK in text_of(page) for page in draft.pages)
    assert "提交后生成" in whole_text(draft)


def test_a_submitted_paper_bears_no_watermark(submitted):
    assert "草稿" not in whole_text(submitted)


def test_a_blank_draft_is_a_complete_form_with_its_blanks_named(draft):
    text = whole_text(draft)
    assert "法定代表人（未填）" in text
    assert "营业收入（万元）（未填）（未填）（未填）" in text
    assert "（未上传佐证材料）" in text
    assert "自评结果" not in text


def test_what_is_not_asked_for_or_cannot_be_computed_says_so_in_its_place():
    payload = make_payload()
    payload["sections"][0]["items"] += [
        field("stock_code", "股票代码", note="不适用"),
        field("size_class", "企业规模", note="缺少：从业人员", computed=True),
    ]
    text = whole_text(read(payload))
    assert "股票代码（不适用）" in text
    assert "企业规模（自动计算）（缺少：从业人员）" in text


def test_a_label_that_is_a_sentence_stands_above_its_value():
    payload = make_payload()
    payload["sections"][3]["items"].append(field("declared", "本企业声明所填信息真实、准确、完整，" * 4, "已声明"))
    assert "本企业声明所填信息真实、准确、完整，" * 4 + "已声明" in whole_text(read(payload))


def test_an_indicator_without_a_score_names_what_is_missing():
    payload = make_payload()
    payload["assessment"]["indicators"][3] |= {"value_shown": "", "band_shown": "", "points": "0", "missing": ["负债总额"]}
    assert "上年度资产负债率缺少：负债总额—010" in whole_text(read(payload))


def test_a_long_list_repeats_its_head_on_each_page():
    payload = make_payload()
    payload["sections"][2]["items"][1]["rows"] = [[f"装置{number}", f"ZL{number:06d}", "1.00"] for number in range(90)]
    reader = read(payload)
    pages = [text_of(page) for page in reader.pages if re.search(r"ZL\d{6}", text_of(page))]
    assert len(pages) >= 3
    assert all("名称证书编号产生的收入（万元）" in page for page in pages)
    assert all(f"ZL{number:06d}" in "".join(pages) for number in range(90))


def test_a_heading_never_stands_alone_at_the_foot_of_a_page():
    # Whatever the length of what stands before it, a page never ends with the heading of the next part.
    for lines in range(0, 36, 5):
        payload = make_payload(assessment=None, attachments=[])
        payload["sections"] = [
            {"key": "a", "title": "第一部分", "items": [field(f"f{n}", "栏目", "内容") for n in range(lines + 20)]},
            {"key": "b", "title": "第二部分", "items": [field("g", "下一栏目", "内容")]},
        ]
        for page in read(payload).pages:
            body = re.sub(r"第\d+页/共\d+页", "", text_of(page)).removesuffix("编号CX202600000007")
            assert not body.endswith(("第二部分", "佐证材料清单", "真实性声明"))


def test_what_people_type_is_printed_and_never_taken_for_markup_or_fetched(caplog):
    text = '<img src="file:///etc/passwd"><style>p{display:none}</style>&amp;'
    assert re.sub(r"\s", "", text) in whole_text(read(with_field(text)))
    assert "refused" not in caplog.text


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:1/x.svg", "data:image/png;base64,AAAA"])
def test_the_renderer_fetches_nothing_but_what_it_was_handed(address, caplog):
    head = "<html lang='zh-CN'><head><title>t</title></head>"
    pdf = render.render_html(f"{head}<body><img src='{address}' alt=''>字</body></html>")
    assert pdf.pages == 1
    assert f"asked for {address}, which was refused" in caplog.text


def test_the_paper_is_tagged_for_screen_readers_and_has_title_and_language(submitted):
    root = submitted.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    assert submitted.metadata.title == "创新型中小企业自评表 测试精密机械有限公司 CX202600000007"
    assert b"pdfuaid" in submitted.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_the_first_page_carries_the_address_where_the_paper_can_be_checked(settings):
    settings.SITE_URL = "https://portal.example.cn/"
    reader = read(make_payload())
    assert f"https://portal.example.cn/check/{DIGEST}/" in whole_text(reader)
    with_code = len(reader.pages[0].get_contents().get_data())
    settings.SITE_URL = ""
    reader = read(make_payload())
    assert "/check/" not in whole_text(reader), "without a public address there is no code that leads nowhere"
    assert len(reader.pages[0].get_contents().get_data()) < with_code


def test_the_warm_up_makes_a_page():
    assert render.warm_up().pages == 1


@pytest.mark.parametrize(
    ("payload", "cause", "name"),
    [
        (make_payload(), SnapshotCause.SUBMIT, "创新型中小企业自评表_测试精密机械有限公司_CX202600000007.pdf"),
        (make_blank_payload(), SnapshotCause.PREVIEW, "创新型中小企业自评表_测试精密机械有限公司_草稿.pdf"),
        (
            make_payload(enterprise={"name": 'A/B"\r\n测试', "uscc": ""}),
            SnapshotCause.SUBMIT,
            "创新型中小企业自评表_AB测试_CX202600000007.pdf",
        ),
    ],
)
def test_the_download_is_named_after_paper_enterprise_and_number(payload, cause, name):
    assert download_name(Snapshot(payload=payload, cause=cause)) == name
