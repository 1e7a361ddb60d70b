"""专精特新自评表 and 小巨人申请书 on paper: real PDFs of submitted filings, read back."""
import io
import re

import pytest
from pypdf import PdfReader

from applications.tests import filled_little_giant, filled_specialized
from reviews.documents.layout import numeral
from reviews.documents.render import render_snapshot
from reviews.models import Snapshot

pytestmark = pytest.mark.django_db

LITTLE_GIANT_PARTS = (
    "一、企业基本情况", "二、经济效益和经营情况", "三、专业化", "四、精细化", "五、特色化", "六、创新能力", "七、产业链配套",
    "八、主导产品所属领域", "九、其他", "十、推荐意见",
)  # fmt: skip
SPECIALIZED_PARTS = (
    "一、企业基本情况", "二、经济效益和经营情况", "三、专业化", "四、精细化", "五、特色化", "六、创新能力",
    "七、产业链和主导产品所属领域", "八、其他", "九、佐证材料", "十、真实性声明",
)  # fmt: skip


def pages_of(snapshot):
    """Return the text of each page without spaces."""
    reader = PdfReader(io.BytesIO(render_snapshot(snapshot).content))
    return [re.sub(r"\s+", "", page.extract_text()) for page in reader.pages]


def in_order(text, parts):
    """Return whether each part stands once behind the one before it."""
    places = [text.index(part) for part in parts]
    return places == sorted(places) and all(text.count(part) == 1 for part in parts)


@pytest.fixture
def application():
    return pages_of(filled_little_giant.make_submitted().snapshot)


@pytest.fixture
def assessment():
    return pages_of(filled_specialized.make_submitted().snapshot)


def test_the_application_has_the_official_title_page(application):
    cover = application[0]
    assert cover.startswith("专精特新“小巨人”企业申请书编号XJ2026")
    assert re.search(r"企业名称（盖章）：测试.+有限公司推荐时间：推荐单位（盖章）：工业和信息化部制第1页/共\d+页$", cover)
    assert "一、企业基本情况" in application[1]


def test_the_application_has_the_ten_official_parts_in_order(application):
    assert in_order("".join(application), LITTLE_GIANT_PARTS)


def test_the_enterprise_signs_under_its_own_parts_and_the_province_has_an_empty_box(application):
    text = "".join(application)
    assert in_order(text, ("九、其他", "企业（盖章）：", "法定代表人（签字）：", "十、推荐意见", "省级中小企业主管部门意见："))
    assert "省级中小企业主管部门意见：省级中小企业主管部门（盖章）日期：" in text


def test_what_the_portal_adds_follows_after_the_official_parts(application):
    text = "".join(application)
    assert in_order(text, ("十、推荐意见", "自评结果", "佐证材料清单", "文件信息", "内容校验值"))


def test_the_digital_level_opens_the_part_on_refinement(application):
    assert "四、精细化数字化水平等级三级（集成级）数字化水平评测得分68.5分" in "".join(application)


def test_the_application_says_what_was_filled_in(application):
    expected = [
        "近两年营业收入复合增长率（自动计算）9.29%",
        "主导产品市场占有率12.5%",
        "知识产权1/6种类发明专利（Ⅰ类）",
        "实际应用效益说明用于主导产品，年新增销售收入三百万元。",
        "1测试省级企业技术中心企业技术中心省部级自建2023-06-01测试〔2023〕1号",
        "1测试创业投资基金2025-04-012,000是",
        "采用信息系统支撑的核心业务研发设计、生产制造",
        "所属“六基”类别核心基础零部件",
    ]
    text = "".join(application)
    assert [words for words in expected if words not in text] == []


def test_the_self_assessment_form_has_numbered_parts_and_one_declaration(assessment):
    text = "".join(assessment)
    assert in_order(text, ("自评结果", *SPECIALIZED_PARTS, "企业（盖章）：", "内容校验值"))
    assert in_order(text, ("九、佐证材料", "佐证材料清单", "十、真实性声明"))
    assert assessment[0].count("专精特新中小企业自评表") == 2


def test_evidence_is_listed_in_the_order_of_the_form(assessment):
    listed = "".join(assessment).partition("佐证材料清单")[2]
    assert in_order(listed, ("质量水平证明", "产品认证证书", "知识产权证书", "研发机构证明材料", "称号证明", "营业执照"))


def test_a_section_that_the_layout_does_not_name_is_printed_all_the_same():
    filing = filled_specialized.make_submitted()
    payload = filing.snapshot.payload
    payload["sections"].append({"key": "later", "title": "以后增加的部分", "items": []})
    text = "".join(pages_of(Snapshot(payload=payload, sha256="0" * 64, cause=filing.snapshot.cause)))
    assert in_order(text, (*SPECIALIZED_PARTS, "以后增加的部分"))


def test_parts_are_numbered_in_chinese():
    assert [numeral(number) for number in (1, 9, 10, 11, 19)] == ["一", "九", "十", "十一", "十九"]
