"""A complete 创新型自评表 for tests: answers that pass every rule, and drafts in the database that carry them."""
import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import AuthorityLevel
from accounts.tests.factories import make_enterprise
from applications.services.drafts import save_sections
from applications.services.evidence import attach_evidence
from portal.tests.files import pdf_bytes
from reviews.services.filings import open_filing, submit
from reviews.services.routes import authorities_of
from reviews.tests.factories import open_window

KIND = "innovative_application"
PERIOD = 2026

ECONOMY = {
    "employees": ("120", "110", "100"),
    "rd_staff": ("24", "20", "18"),
    "revenue": ("5600", "4800", "4100"),
    "main_revenue": ("5000", "4300", "3700"),
    "net_profit": ("420.5", "380", "-12.3"),
    "total_assets": ("7200", "6800", "6000"),
    "total_liabilities": ("3100", "3000", "2900"),
    "rd_expense": ("300", "240", "200"),
}

#: What an enterprise types, besides what is prefilled.
TYPED = {
    "basic": {"listing_status": "no_plan"},
    "economy": {f"{key}_y{n}": text for key, texts in ECONOMY.items() for n, text in enumerate(texts, start=1)},
    "innovation": {
        "ip_class1": "3",
        "ip_class1_high_value": "0",
        "ip_class1_self": "2",
        "ip_class2": "8",
        "rd_body_level": "city",
        "rd_body_name": "测试工程技术中心",
    },
    "specialization": {
        "main_product": "矿山开采成套控制系统",
        "segment_years": "8",
        "emerging_industry": "yes",
        "emerging_category": "高端装备制造产业",
        "domain_note": "主导产品为智能矿山装备，属于高端装备制造产业。",
    },
    "direct": {"direct_award": "no", "direct_honour": "no", "direct_rd_body": "no", "new_equity_3y": "0"},
    "statement": {"overview": "企业专注于矿山控制系统的研发和生产。", "declared": "yes"},
}
#: Slots that these answers ask files for.
REQUIRED_SLOTS = (
    "innovation.ip_files",
    "evidence.licence",
    "evidence.social_security",
    "evidence.audit_y1",
    "evidence.audit_y2",
)


def changed(section, **fields):
    """Return TYPED with some fields of one section replaced."""
    return TYPED | {section: TYPED[section] | fields}


def pdf(name="证明.pdf", text="测试"):
    """Return an upload that is a small PDF; another text makes other content."""
    return SimpleUploadedFile(name, pdf_bytes(text), content_type="application/pdf")


def make_draft(enterprise=None, *, values=None, evidence=False, region="320102"):
    """Return a new draft of ``enterprise`` (or a new one) with ``values`` typed in and, on wish, all evidence."""
    enterprise = enterprise or make_enterprise(region=region)
    province = authorities_of(enterprise.registered_region)[AuthorityLevel.PROVINCE]
    open_window(KIND, province.code, period=PERIOD)
    filing = open_filing(user=enterprise.account, kind_code=KIND)
    if values:
        type_in(filing, values)
    if evidence:
        for slot in REQUIRED_SLOTS:
            attach_evidence(filing_id=filing.pk, user=enterprise.account, slot=slot, upload=pdf(f"{slot}.pdf", slot))
    return filing


def make_complete_draft(enterprise=None, **options):
    """Return a draft that can be submitted as it is."""
    return make_draft(enterprise, values=TYPED, evidence=True, **options)


def make_submitted(enterprise=None, **options):
    """Return a filing in review on its first desk."""
    filing = make_complete_draft(enterprise, **options)
    submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    filing.refresh_from_db()
    return filing


def type_in(filing, values):
    """Save typed values as the enterprise; return the SaveResult."""
    filing.refresh_from_db()
    result = save_sections(
        filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version, values=values
    )
    filing.refresh_from_db()
    return result


def zip_upload(entries, name="材料.zip"):
    """Return an upload that is a zip archive of {entry name: bytes}."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="application/zip")
