"""What the demo enterprises have filled in: complete answers of 专精特新自评表 and 小巨人申请书 (editions of 2026)."""
from decimal import Decimal

#: 万元, last year first. A company of about 180 people.
MONEY = {
    "revenue": ("8620", "7910", "7205"),
    "main_revenue": ("8240", "7460", "6710"),
    "main_cost": ("4930", "4520", "4110"),
    "sales_expense": ("425", "402", "381"),
    "admin_expense": ("512", "483", "464"),
    "total_profit": ("1465", "1242", "1013"),
    "net_profit": ("1252", "1061", "862"),
    "tax": ("612", "563", "521"),
    "total_assets": ("9820", "8910", "8105"),
    "net_assets": ("5910", "5205", "4502"),
    "total_liabilities": ("3910", "3705", "3603"),
    "equity_financing": ("2000", "0", "0"),
    "bank_loans": ("800", "900", "1000"),
    "exports": ("352", "301", "0"),
}
RESEARCH = {"rd_expense": ("652", "590", "505")}
STAFF = {"employees": (182, 171, 160), "rd_staff": (49, 43, 38)}


def _money(rows, scale):
    return {
        f"{key}_y{year}": str((Decimal(figure) * Decimal(scale)).quantize(Decimal("0.01")))
        for key, figures in rows.items()
        for year, figure in enumerate(figures, start=1)
    }


def _staff(scale):
    return {
        f"{key}_y{year}": str(int(count * Decimal(scale)))
        for key, counts in STAFF.items()
        for year, count in enumerate(counts, start=1)
    }


def _rights(year):
    """Six inventions and one piece of software, granted over the last four years."""
    patents = [
        {
            "row": f"patent{n}", "kind": "invention", "name": f"一种示例装置及其控制方法（{n}）",
            "number": f"ZL{year - 4}1000000{n}.{n}", "granted_on": f"{year - 1 - n % 4}-05-1{n}", "transferred_on": "",
            "in_main_class": "yes", "self_applied": "yes", "holder_rank": "1", "applied": "yes",
            "benefit": "已用于主导产品的批量生产，产品一致性明显提高，近两年新增销售收入约三百万元。",
        }
        for n in range(1, 7)
    ]  # fmt: skip
    software = {
        "row": "software1", "kind": "software", "name": "示例设备远程运维软件", "number": f"{year - 2}SR0000001",
        "granted_on": f"{year - 2}-03-08", "transferred_on": "", "in_main_class": "no", "self_applied": "yes",
        "holder_rank": "1", "applied": "yes", "benefit": "已用于售后服务，缩短了故障处理时间。",
    }  # fmt: skip
    return [*patents, software]


def _innovation(scale, year):
    body = {
        "row": "body1", "name": "示例省级企业技术中心", "kind": "technology_centre", "level": "provincial", "mode": "own",
        "approved_on": f"{year - 3}-06-01", "number": f"示例〔{year - 3}〕12号",
    }  # fmt: skip
    award = {
        "row": "award1", "name": "示例省科技进步奖三等奖", "level": "provincial", "kind": "progress",
        "awarded_on": f"{year - 2}-03-01", "holder_rank": "2",
    }  # fmt: skip
    payment = {
        "row": "payment1", "investor": "示例创业投资基金（有限合伙）", "received_on": f"{year - 1}-04-01",
        "amount": str(Decimal(1500) * Decimal(scale)), "qualified": "yes",
    }  # fmt: skip
    return _money(RESEARCH, scale) | {
        "ip": _rights(year), "pct_patents": "1", "rd_bodies": [body], "awards": [award], "equity": [payment]
    }  # fmt: skip


def _shared(demo, product, year):
    """Return the sections that both tiers ask in the same way."""
    main = str((Decimal(5600) * Decimal(demo.scale)).quantize(Decimal("0.01")))
    return {
        "economy": _money(MONEY, demo.scale) | _staff(demo.scale) | demo.figures,
        "specialization": {
            "segment_years": "8",
            "products": [
                {"row": "product1", "name": product, "revenue": main},
                {"row": "product2", "name": f"{product}配件", "revenue": str(Decimal(1200) * Decimal(demo.scale))},
            ],
        },
        "innovation": _innovation(demo.scale, year),
        "other": {
            "standards_lead_national": "0",
            "standards_lead_industry": "1",
            "standards_joined": "3",
            "smart_titles": "workshop",
            "integration": "standard",
            "green_titles": "none",
            "overview": (
                f"{demo.name}长期专注于{product}的研发、生产和服务，拥有自主设计、加工和检测能力，主导产品在细分市场处于前列。\n"
                "近三年研发投入逐年增长，与高校联合培养人才，产品进入多家龙头企业的供应链。本企业及本表所填内容均为演示数据。"
            ),
        },
        "statement": {"declared": "yes"},
    }


_QUALITY = {"quality_level": "iso9001", "product_certificates": "none"}
_MARKET = {
    "market_share_scope": "domestic",
    "market_share": "12.6",
    "market_rank": "3",
    "market_standing": "yes",
    "market_note": "按行业协会发布的细分市场规模和本企业同口径销售额测算；主导产品获得多家行业用户的批量采购。",
}
_BONUS = {"chain_work": "yes", "chain_honours": "no", "entity_list": "no"}


def sections(demo, product, year):
    """Return {section: answers} for everything but 企业基本情况, which is filled in from the record."""
    shared = _shared(demo, product, year)
    if demo.kind == "specialized_application":
        title = {
            "holds_base_title": "yes", "base_title_number": f"示例〔{year - 2}〕3号",
            "base_title_until": f"{year + 1}-12-31",
        }  # fmt: skip
        return shared | {
            "refinement": _QUALITY,
            "distinction": _MARKET,
            "chain": _BONUS | {"main_product": product},
            "other": shared["other"] | title,
        }
    title = {
        "holds_specialized": "yes", "specialized_number": f"示例〔{year - 1}〕5号", "specialized_until": f"{year + 1}-12-31",
    }  # fmt: skip
    return shared | {
        "refinement": _QUALITY | {
            "core_systems": "rd_design,manufacturing,supply_chain",
            "management_certificates": "iso9000,iso14000",
        },
        "distinction": _MARKET | {
            "own_brands": "1",
            "own_brand_revenue": str((Decimal(7600) * Decimal(demo.scale)).quantize(Decimal("0.01"))),
        },
        "chain": _BONUS | {
            "chain_name": "高端装备产业链",
            "chain_key_link": "yes",
            "chain_role_note": f"{product}是整机装备的关键部件，长期依赖进口；本企业实现批量供货，缓解了供应风险。",
            "direct_support": "yes",
            "direct_support_names": "示例重型装备集团有限公司",
        },
        "product": {
            "main_product": product,
            "main_product_category": f"{demo.industry} {product}",
            "strategic_field": "six_bases",
            "six_bases": "components",
        },
        "other": shared["other"] | title,
    }  # fmt: skip


_SHARED_SLOTS = (
    "evidence.licence",
    "evidence.social_security",
    "evidence.audit_y1",
    "evidence.audit_y2",
    "refinement.quality_files",
    "innovation.body_files",
    "innovation.award_files",
    "innovation.equity_files",
    "chain.bonus_files",
    "other.standard_files",
    "other.title_files",
)
#: Evidence that a complete demo filing of a kind carries.
SLOTS = {
    "specialized_application": (*_SHARED_SLOTS, "innovation.ip_files", "other.base_title_files"),
    "little_giant_application": (
        *_SHARED_SLOTS,
        "evidence.audit_y3", "evidence.credit", "refinement.system_files", "refinement.management_files",
        "distinction.brand_files", "chain.support_files", "other.specialized_files",
    ),
}  # fmt: skip
