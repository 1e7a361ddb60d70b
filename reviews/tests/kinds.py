"""Small filing kinds for the tests of reviews, which may know nothing of the kinds of applications.

``reviews/tests/conftest.py`` registers them for every test of this folder and takes them away again.
"""
from accounts.enums import AuthorityLevel
from accounts.models import Region
from portal.tools.crypto import seal
from reviews.kinds import Description, FilingKind, Level, Problem

CITY, PROVINCE, MINISTRY = AuthorityLevel.CITY, AuthorityLevel.PROVINCE, AuthorityLevel.MINISTRY
YEARS = ["2025年", "2024年", "2023年"]
#: What a draft of a test kind starts with, besides name and region of the enterprise.
ANSWERS = {
    "basic": {"products": "矿山开采成套控制系统", "contact_mobile": seal("13812345678")},
    "figures": {"revenue": ["5600", "4800", "4100"], "debt_ratio": ["", "48.20", "51.00"]},
}


class ApplicationKind(FilingKind):
    """A publicised kind with the default route (city, province) and a few answers of every item type."""

    code = "test_application"
    title = "测试申报"
    document_title = "测试自评表"
    prefix = "CS"
    tier = "test"
    tier_title = "测试企业"

    def __init__(self):
        self.recognised = []

    def edition(self, moment):
        return f"{self.code}-1"

    def blockers(self, enterprise, moment):
        return []

    def prefill(self, enterprise, moment):
        basic = ANSWERS["basic"] | {"name": enterprise.name, "region": enterprise.registered_region_id}
        return {"basic": basic, "figures": dict(ANSWERS["figures"])}

    def problems(self, filing):
        if filing.answers["basic"].get("products"):
            return []
        return [Problem("basic", "products", "主导产品", "请填写主导产品。", "basic.products")]

    def registered_region(self, filing):
        return Region.objects.select_related("authority__parent__parent__parent").filter(
            pk=filing.answers["basic"].get("region")
        ).first()

    def enterprise_name(self, filing):
        return filing.answers["basic"].get("name", "")

    def describe(self, filing):
        basic, figures = filing.answers["basic"], filing.answers["figures"]
        sections = [
            {
                "key": "basic",
                "title": "企业基本情况",
                "items": [
                    text_item("name", "企业名称", basic["name"]),
                    text_item("products", "主导产品", basic["products"]),
                    text_item("contact_mobile", "联系人手机", basic["contact_mobile"], personal=True),
                    {"type": "files", "key": "proof", "label": "营业执照", "slot": "basic.proof"},
                ],
            },
            {
                "key": "figures",
                "title": "经营数据",
                "items": [
                    {
                        "type": "years",
                        "key": "years",
                        "label": "近三年数据",
                        "years": YEARS,
                        "rows": [
                            year_row("revenue", "营业收入", "万元", figures["revenue"]),
                            year_row("debt_ratio", "资产负债率", "%", figures["debt_ratio"], computed=True),
                        ],
                    },
                    {
                        "type": "table",
                        "key": "patents",
                        "label": "知识产权",
                        "columns": [
                            {"key": "name", "label": "名称", "unit": ""},
                            {"key": "count", "label": "数量", "unit": "项"},
                        ],
                        "rows": [["发明专利", "3"], ["软件著作权", "8"]],
                    },
                ],
            },
        ]
        return Description(sections=sections, assessment=ASSESSMENT, evidence_labels={"basic.proof": "营业执照"})

    def edit_url(self, filing):
        return f"/enterprise/filings/{filing.pk}/fill/"

    def on_recognised(self, filing, announcement):
        self.recognised.append((filing.pk, announcement.pk))


class UpdateKind(ApplicationKind):
    """A kind without publicity that the enterprise may withdraw, reviewed by the city alone."""

    code = "test_update"
    title = "测试信息更新"
    prefix = "CG"
    is_publicised = False
    may_withdraw = True
    default_levels = (Level(CITY),)

    def __init__(self):
        super().__init__()
        self.approved = []

    def on_approved(self, filing):
        self.approved.append(filing.pk)


class GiantKind(ApplicationKind):
    """A kind of three steps that the province may return at any of them and the ministry publicises."""

    code = "test_giant"
    title = "测试巨人申报"
    prefix = "CJ"
    province_may_return = True
    default_levels = (Level(CITY), Level(PROVINCE), Level(MINISTRY))
    publisher_level = MINISTRY


def text_item(key, label, value, *, personal=False, unit="", computed=False):
    """Return a field item of a snapshot (docs/snapshot.md) whose shown text is its value."""
    return {
        "type": "field", "key": key, "label": label, "value": value, "shown": value, "unit": unit, "note": "",
        "computed": computed, "personal": personal,
    }


def year_row(key, label, unit, values, *, computed=False):
    """Return a row of a years table; a blank computed figure says what is missing."""
    notes = ["缺少负债总额" if computed and not value else "" for value in values]
    return {
        "key": key, "label": label, "unit": unit, "computed": computed, "values": list(values),
        "shown": [f"{float(value):,.2f}" if value else "" for value in values], "notes": notes,
    }


#: As Assessment.as_payload() of applications/standards gives it.
ASSESSMENT = {
    "standard": "test-1", "title": "测试评价标准", "source": "测试办法附件1", "note": "“以上”“以下”均含本数。",
    "total": "72", "pass_total": "60", "max_total": "100", "verdict": "meets", "passes": True, "missing": [],
    "verdict_shown": "自评得分 72 分，达到 60 分，满足测试评价标准。",
    "groups": [
        {"code": "innovation", "label": "创新能力", "points": "24", "minimum": "20", "max_points": "40", "met": True}
    ],
    "indicators": [
        {
            "code": "rd", "label": "研发费用占比", "group": "innovation", "max_points": "20",
            "threshold_shown": "A.5%以上（20分）；B.3%—5%（15分）；C.不足3%（0分）", "value": "5.20",
            "value_shown": "5.20%", "points": "20", "band": "A", "band_shown": "5%以上", "missing": [], "reason": "",
            "gap_shown": "", "complete": True, "met": True,
        },
        {
            "code": "debt", "label": "资产负债率", "group": "innovation", "max_points": "20",
            "threshold_shown": "A.55%以下（20分）；B.75%以上（0分）", "value": None, "value_shown": "", "points": "0",
            "band": "", "band_shown": "", "missing": ["负债总额"], "reason": "缺少负债总额，暂不能计分", "gap_shown": "",
            "complete": False, "met": False,
        },
    ],
    "directs": [
        {
            "code": "award", "label": "近三年内获得国家级、省级科技奖励", "met": False, "value": None,
            "value_shown": "否", "missing": [], "gap_shown": "",
        }
    ],
}  # fmt: skip

#: The kinds by class, made anew for each test.
KIND_CLASSES = (ApplicationKind, UpdateKind, GiantKind)
