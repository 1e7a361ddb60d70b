"""Complete answers that 专精特新 and 小巨人 share, and drafts in the database that carry them (see filled.py)."""
import datetime
from decimal import Decimal

from django.utils import timezone

from accounts.enums import AuthorityLevel
from accounts.tests.factories import make_enterprise
from applications.digital_assessment import CURRENT
from applications.enums import AssessmentStage
from applications.models import DigitalAssessment
from applications.services.evidence import attach_evidence
from applications.tests.filled import pdf, type_in
from reviews.kinds import get_kind
from reviews.services.filings import open_filing, submit
from reviews.services.routes import authorities_of
from reviews.tests.factories import open_window

PERIOD = 2026

ECONOMY = {
    "employees": ("180", "170", "160"),
    "rd_staff": ("48", "42", "38"),
    "revenue": ("8600", "7900", "7200"),
    "main_revenue": ("8200", "7450", "6700"),
    "main_cost": ("4900", "4500", "4100"),
    "sales_expense": ("420", "400", "380"),
    "admin_expense": ("510", "480", "460"),
    "total_profit": ("1460", "1240", "1010"),
    "net_profit": ("1250", "1060", "860"),
    "tax": ("610", "560", "520"),
    "total_assets": ("9800", "8900", "8100"),
    "net_assets": ("5900", "5200", "4500"),
    "total_liabilities": ("3900", "3700", "3600"),
    "equity_financing": ("2000", "0", "0"),
    "bank_loans": ("800", "900", "1000"),
    "exports": ("350.5", "300", "0"),
}
RESEARCH = {"rd_expense": ("640", "580", "500")}


def yearly(rows):
    """Return the fields of a years table: {"revenue_y1": "8600", ...}."""
    return {f"{key}_y{n}": text for key, texts in rows.items() for n, text in enumerate(texts, start=1)}


def right(row, kind="invention", **columns):
    """Return a row of the list 知识产权 that counts by every standard."""
    return {
        "row": row, "kind": kind, "name": f"一种矿山控制方法 {row}", "number": f"ZL2021{row}", "granted_on": "2024-05-08",
        "transferred_on": "", "in_main_class": "yes", "applied": "yes", "benefit": "用于主导产品，年新增销售收入三百万元。",
        "self_applied": "yes", "holder_rank": "1", "high_value": "no",
    } | columns  # fmt: skip


RIGHTS = [*(right(f"a{n}") for n in range(1, 6)), right("s1", "software", number="2023SR0000001")]
BODY = {
    "row": "b1", "name": "测试省级企业技术中心", "kind": "technology_centre", "level": "provincial", "mode": "own",
    "approved_on": "2023-06-01", "number": "测试〔2023〕1号",
}  # fmt: skip
AWARD = {
    "row": "c1", "name": "省科技进步奖二等奖", "level": "provincial", "kind": "progress", "awarded_on": "2024-03-01",
    "holder_rank": "2",
}  # fmt: skip
PAYMENT = {
    "row": "e1", "investor": "测试创业投资基金", "received_on": "2025-04-01", "amount": "2000", "qualified": "yes",
}  # fmt: skip

#: Typed answers of the sections that are the same in every edition of both tiers.
SHARED = {
    "basic": {"listing_status": "no_plan"},
    "economy": yearly(ECONOMY) | {"valuation": ""},
    "specialization": {
        "segment_years": "8",
        "products": [
            {"row": "p1", "name": "矿山开采成套控制系统", "revenue": "5200"},
            {"row": "p2", "name": "矿用传感器", "revenue": "2100"},
        ],
    },
    "statement": {"declared": "yes"},
}
INNOVATION = yearly(RESEARCH) | {
    "ip": RIGHTS, "pct_patents": "1", "rd_bodies": [BODY], "awards": [AWARD], "equity": [PAYMENT]
}  # fmt: skip
OTHER = {
    "standards_lead_national": "1",
    "standards_lead_industry": "1",
    "standards_joined": "3",
    "smart_titles": "factory",
    "integration": "standard",
    "green_titles": "factory",
    "overview": "企业专注于矿山控制系统的研发和生产。",
}
BONUS = {"chain_work": "yes", "chain_honours": "no", "entity_list": "no"}
#: What the newest assessment gives; the kind puts it in.
DIGITAL = {"digital_level": "3", "digital_score": "68.5", "digital_date": "2026-03-02"}
#: Slots that these answers ask files for in every edition.
SHARED_SLOTS = (
    "innovation.body_files",
    "innovation.award_files",
    "innovation.equity_files",
    "refinement.quality_files",
    "refinement.product_files",
    "chain.bonus_files",
    "other.standard_files",
    "other.title_files",
    "evidence.licence",
    "evidence.social_security",
    "evidence.audit_y1",
    "evidence.audit_y2",
)


def only_asked(edition, values):
    """Return ``values`` without the columns of 知识产权 that an edition does not ask."""
    columns = {"row", *edition.section("innovation").row_lists()[0].row.base_fields}
    rows = [{key: text for key, text in row.items() if key in columns} for row in values["innovation"]["ip"]]
    return values | {"innovation": values["innovation"] | {"ip": rows}}


def assessed(enterprise):
    """Return the complete 数字化水平评测 of an enterprise (level 3, 68.5), made when there is none."""
    found = DigitalAssessment.objects.filter(enterprise=enterprise, stage=AssessmentStage.COMPLETE).first()
    if found:
        return found
    day = timezone.now() - datetime.timedelta(days=30)
    return DigitalAssessment.objects.create(
        enterprise=enterprise, edition=CURRENT.code, stage=AssessmentStage.COMPLETE, score=Decimal("68.5"), level=3,
        stage_one_ended_at=day, completed_at=day,
    )


def make_draft(kind, values, slots, enterprise=None, *, region="320102", evidence=False):
    """Return a new draft of a kind with ``values`` typed in and, on wish, a file in each of ``slots``."""
    enterprise = enterprise or make_enterprise(region=region)
    assessed(enterprise)
    level = get_kind(kind).opened_by[0]
    open_window(kind, authorities_of(enterprise.registered_region)[AuthorityLevel(level)].code, period=PERIOD)
    filing = open_filing(user=enterprise.account, kind_code=kind)
    if values:
        type_in(filing, values)
    if evidence:
        for slot in slots:
            attach_evidence(filing_id=filing.pk, user=enterprise.account, slot=slot, upload=pdf(f"{slot}.pdf", slot))
    filing.refresh_from_db()
    return filing


def submitted(filing):
    """Submit a complete draft and return it."""
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    filing.refresh_from_db()
    return filing
