"""Snapshot payloads of the shape of docs/snapshot.md, with invented content; no database is needed.

``make_payload`` is a filled-in 创新型中小企业自评表, ``make_blank_payload`` the same form as a draft in which nothing
was filled in yet.
"""
import copy

from portal.tools.crypto import seal

DIGEST = "3b5d5c3712955042212316173ccf37be800fa1e8dc31e2ad6b3a0f1c9e8d7b62"
LONG_TEXT = (
    "本公司主导产品为矿山开采成套控制系统，面向地下金属矿山的无人化开采需求，由采掘设备远程操控、通风联动控制、"
    "提升运输调度三个子系统组成。\n产品已在多座矿山连续运行三年以上，单台设备平均无故障时间由 800 小时提高到 2600 小时。"
) * 4
YEARS = ["2025年", "2024年", "2023年"]


def field(key, label, value="", unit="", note="", computed=False, personal=False):
    """One field item; a personal value is sealed as in a real snapshot."""
    stored = seal(value) if personal else value
    return {
        "type": "field", "key": key, "label": label, "value": stored, "shown": stored, "unit": unit, "note": note,
        "computed": computed, "personal": personal,
    }  # fmt: skip


def year_row(key, label, unit, shown, computed=False, notes=("", "", "")):
    """One row of a years table."""
    return {
        "key": key, "label": label, "unit": unit, "computed": computed, "values": list(shown), "shown": list(shown),
        "notes": list(notes),
    }  # fmt: skip


def indicator(code, label, group, value_shown, points, max_points, band_shown, missing=()):
    """One indicator of an assessment."""
    return {
        "code": code, "label": label, "group": group, "value": None, "value_shown": value_shown, "points": points,
        "max_points": max_points, "band": "A" if band_shown else "", "band_shown": band_shown, "threshold_shown": "",
        "missing": list(missing), "reason": "", "gap_shown": "", "complete": bool(band_shown), "met": points != "0",
    }  # fmt: skip


def make_assessment():
    """An assessment that meets the standard with 90 points."""
    return {
        "standard": "innovative_2022",
        "title": "创新型中小企业评价标准",
        "source": "《优质中小企业梯度培育管理暂行办法》（工信部企业〔2022〕63号）附件1",
        "note": "“以上”“以下”均含本数；数值恰为两档分界时，取较高得分。",
        "total": "90",
        "pass_total": "60",
        "max_total": "100",
        "groups": [
            {"code": "innovation", "label": "创新能力", "points": "35", "minimum": "20", "max_points": "40", "met": True},
            {"code": "growth", "label": "成长性", "points": "25", "minimum": "15", "max_points": "30", "met": True},
            {"code": "special", "label": "专业化", "points": "30", "minimum": "15", "max_points": "30", "met": True},
        ],
        "indicators": [
            indicator("ip", "与企业主导产品相关的有效知识产权数量", "innovation", "自主研发的Ⅰ类知识产权 2 项", "15", "20",
                      "自主研发的Ⅰ类知识产权1项以上"),
            indicator("rd_ratio", "上年度研发费用总额占营业收入总额比重", "innovation", "5.00%", "20", "20", "5%以上"),
            indicator("main_growth", "上年度主营业务收入增长率", "growth", "10.87%", "15", "20", "10%～15%"),
            indicator("debt_ratio", "上年度资产负债率", "growth", "43.06%", "10", "10", "55%以下"),
            indicator("emerging", "主导产品所属领域情况", "special", "属于《战略性新兴产业分类》", "10", "10",
                      "属于《战略性新兴产业分类》"),
            indicator("main_ratio", "上年度主营业务收入总额占营业收入总额比重", "special", "91.07%", "20", "20", "70%以上"),
        ],
        "directs": [
            {"code": "award", "label": "近三年内获得过国家级、省级科技奖励", "met": False, "value_shown": "否",
             "value": None, "missing": [], "gap_shown": ""},
            {"code": "honour", "label": "获得高新技术企业、国家级技术创新示范企业等荣誉（均为有效期内）", "met": True,
             "value_shown": "是", "value": None, "missing": [], "gap_shown": ""},
        ],
        "verdict": "meets",
        "verdict_shown": "自评 90 分，达到 60 分，创新能力 35 分（≥20）、成长性 25 分（≥15）、专业化 30 分（≥15），满足评价标准。",
        "passes": True,
        "missing": [],
    }  # fmt: skip


def make_sections():
    """The sections of the filled-in form: every type of item occurs."""
    return [
        {"key": "basic", "title": "企业基本情况", "items": [
            field("name", "企业名称", "测试精密机械有限公司"),
            field("uscc", "统一社会信用代码", "91999999000000011X"),
            field("region", "企业注册地", "江苏省南京市玄武区"),
            field("legal_representative", "法定代表人", "张三"),
            field("contact_mobile", "联系人手机", "13800001234", personal=True),
            field("capital", "注册资本", "1000.00", "万元"),
            field("fax", "传真"),
            field("industry", "所属行业", "专用设备制造业（35）"),
        ]},
        {"key": "economy", "title": "经济效益", "items": [
            {"type": "years", "key": "figures", "label": "近三年主要指标", "years": YEARS, "rows": [
                year_row("revenue", "营业收入", "万元", ["5600.00", "5000.00", "4300.00"]),
                year_row("main_revenue", "其中：主营业务收入", "万元", ["5100.00", "4600.00", ""]),
                year_row("rd_expense", "研发费用总额", "万元", ["280.00", "240.00", "180.00"]),
                year_row("rd_ratio", "研发费用占营业收入比重", "%", ["5.00", "4.80", "4.19"], computed=True),
                year_row("main_growth", "主营业务收入增长率", "%", ["10.87", "", ""], computed=True,
                         notes=["", "缺少：2023年主营业务收入", "缺少：2023年主营业务收入"]),
            ]},
        ]},
        {"key": "innovation", "title": "创新能力", "items": [
            field("ip_class1", "Ⅰ类知识产权数量", "3", "项"),
            {"type": "table", "key": "ip_list", "label": "知识产权清单",
             "columns": [{"key": "name", "label": "名称", "unit": ""}, {"key": "number", "label": "证书编号", "unit": ""},
                         {"key": "income", "label": "产生的收入", "unit": "万元"}],
             "rows": [["一种矿用变频控制装置", "ZL202310000001.1", "860.00"], ["一种井下通信基站", "ZL202310000002.2", ""]]},
            field("product_intro", "主导产品所属领域说明", LONG_TEXT),
        ]},
        {"key": "evidence", "title": "佐证材料", "items": [
            {"type": "files", "key": "licence", "label": "营业执照", "slot": "evidence.licence"},
            {"type": "files", "key": "audit", "label": "上年度审计报告", "slot": "evidence.audit"},
        ]},
    ]  # fmt: skip


def make_payload(**changes):
    """The payload of a submitted filing; ``changes`` replace top-level entries."""
    return {
        "schema": 1,
        "kind": {"code": "test_kind", "title": "创新型中小企业申报", "document_title": "创新型中小企业自评表",
                 "tier": "创新型中小企业"},
        "edition": "test_kind-1",
        "period": 2026,
        "number": "CX202600000007",
        "round": 1,
        "state": {"code": "in_review", "label": "审核中"},
        "made_at": "2026-03-05T09:30:00+08:00",
        "enterprise": {"name": "测试精密机械有限公司", "uscc": "91999999000000011X"},
        "region": "江苏省南京市玄武区",
        "sections": make_sections(),
        "assessment": make_assessment(),
        "attachments": [
            {"id": 1, "slot": "evidence.licence", "label": "营业执照", "name": "营业执照.pdf", "size": 348160,
             "sha256": DIGEST},
        ],
    } | changes  # fmt: skip


def make_blank_payload(**changes):
    """The payload of a draft in which only the names known from the account are there."""
    payload = copy.deepcopy(make_payload(number="", round=0, state={"code": "draft", "label": "填写中"}, region=""))
    payload |= {"attachments": [], "assessment": None}
    for section in payload["sections"]:
        for item in section["items"]:
            if item["type"] == "field":
                item |= {"value": "", "shown": ""}
            elif item["type"] == "years":
                for row in item["rows"]:
                    row |= {"values": ["", "", ""], "shown": ["", "", ""]}
            elif item["type"] == "table":
                item["rows"] = []
    return payload | changes
