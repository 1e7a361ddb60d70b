"""Bringing the demo to life through the same services that people use. Loading twice changes nothing."""
import datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from weasyprint import HTML

from accounts.models import Authority, Industry, Product, Region, User
from accounts.services.enterprises import save_enterprise
from accounts.uscc import invented_uscc
from applications.demo import answers, assessment, cast, tier_answers
from applications.services import drafts, evidence
from reviews.enums import Visibility
from reviews.models import PublicityList, Window
from reviews.services import decisions, filings, publicity, windows

KIND = "innovative_application"
#: Which authorities open which kind: a province its own, the ministry 小巨人.
WINDOWS = (
    ("innovative_application", ("320000", "210200", "500000")),
    ("specialized_application", ("320000",)),
    ("little_giant_application", ("000000",)),
)
#: How many approvals bring a filing to a stage.
_APPROVALS = {"province": 1, "ministry": 2, "approved": 2, "publicised": 2, "recognised": 2}


def load(tell):
    """Make what is missing of the demo; ``tell`` receives a line per thing made."""
    for officer in cast.OFFICERS:
        _officer(officer, tell)
    for kind, codes in WINDOWS:
        for code in codes:
            _window(kind, code, tell)
    for enterprise in cast.ENTERPRISES:
        _enterprise(enterprise, tell)


def _officer(demo, tell):
    if User.objects.filter(login_name=demo.login_name).exists():
        return
    User.objects.create_user(
        demo.login_name, cast.PASSWORD, kind="officer", role=demo.role, person_name=demo.person_name,
        authority=Authority.objects.get(code=demo.authority),
    )
    tell(f"officer {demo.login_name}")


def _window(kind, code, tell):
    """Open the current year's window of an authority until the end of the year after next month."""
    now = timezone.now()
    manager = _manager(code)
    if Window.objects.open_at(now).filter(kind=kind, authority=manager.authority).exists():
        return
    windows.save_window(
        user=manager,
        window=Window(
            kind=kind, authority=manager.authority, period=timezone.localdate().year,
            opens_at=now - datetime.timedelta(days=20), closes_at=now + datetime.timedelta(days=60), note="演示",
        ),
    )
    tell(f"window {kind} {code}")


def _enterprise(demo, tell):
    """Make one enterprise and bring its filing to its stage."""
    if User.objects.filter(login_name=demo.login_name).exists():
        return
    account = User.objects.create_user(
        demo.login_name, cast.PASSWORD, kind="legal_person", uscc=invented_uscc(demo.serial), verified_name=demo.name,
        real_name_verified_at=timezone.now(), person_name="示例经办人", mobile="13800000000",
    )
    tell(f"enterprise {demo.login_name} ({demo.stage})")
    if demo.stage == "new":
        return
    _record(demo, account)
    if demo.kind != KIND:
        assessment.take(account, demo.assessed_scale or demo.scale)
    filing = filings.open_filing(user=account, kind_code=demo.kind)
    _fill(demo, account, filing)
    if demo.stage != "draft":
        filing.refresh_from_db()
        filings.submit(filing_id=filing.pk, user=account, seen_version=filing.version)
        _decide(demo, filing)


def _record(demo, account):
    """Save 完善企业基本信息."""
    industry = Industry.objects.get(pk=demo.industry)
    economy = _values(demo)["economy"]
    save_enterprise(
        user=account,
        seen_version=0,
        cleaned=answers.record(_product(demo), demo.serial % 100)
        | {
            "registered_region": Region.objects.get(pk=demo.region),
            "founded_on": datetime.date(2016, 3, 18),
            "employees": int(economy["employees_y1"]),
            "revenue": economy["revenue_y1"],
            "total_assets": economy["total_assets_y1"],
            "industry": industry,
        },
    )


def _values(demo):
    """Return {section: answers} of the demo enterprise's form."""
    if demo.kind == KIND:
        return answers.sections(demo, _product(demo))
    return tier_answers.sections(demo, _product(demo), timezone.localdate().year)


def _product(demo):
    return Product.objects.filter(industry_id=demo.industry).order_by("pk").first().name


def _fill(demo, account, filing):
    """Fill the form in; a draft stops half way."""
    values = _values(demo)
    if demo.stage == "draft":
        values = {"economy": {key: text for key, text in values["economy"].items() if not key.endswith("_y3")}}
    drafts.save_sections(filing_id=filing.pk, user=account, seen_version=filing.version, values=values)
    if demo.stage == "draft":
        return
    paper = _paper(demo.name)
    for slot in answers.SLOTS if demo.kind == KIND else tier_answers.SLOTS[demo.kind]:
        evidence.attach_evidence(
            filing_id=filing.pk, user=account, slot=slot,
            upload=SimpleUploadedFile("示例佐证材料.pdf", paper, content_type="application/pdf"),
        )


def _paper(name):
    """Return a one-page PDF that says that it is an example."""
    target = BytesIO()
    HTML(string=f"<h1>示例佐证材料</h1><p>{name}</p><p>本页为演示数据，不具任何效力。</p>").write_pdf(target)
    return target.getvalue()


def _decide(demo, filing):
    """Let the officers act until the filing is where the stage wants it."""
    for _ in range(_APPROVALS.get(demo.stage, 0)):
        filing.refresh_from_db()
        decisions.approve(
            filing_id=filing.pk, user=_decider(filing), seen_version=filing.version, comment="材料齐全，同意。"
        )
    filing.refresh_from_db()
    if demo.stage == "returned":
        _return(filing)
    elif demo.stage == "rejected":
        decisions.reject(
            filing_id=filing.pk, user=_decider(filing), seen_version=filing.version,
            comment="主导产品与营业执照经营范围不符，且未提供审计报告原件。",
        )
    elif demo.stage in {"publicised", "recognised"}:
        _publish(filing, announce=demo.stage == "recognised")


def _return(filing):
    officer = _decider(filing)
    for section, field, label, text, visibility in (
        ("economy", "rd_expense", "研发费用总额", "与审计报告附注的研发费用不一致，请核对。", Visibility.ENTERPRISE),
        ("economy", "employees", "全职员工数量", "可与社保证明比对。", Visibility.INTERNAL),
    ):
        decisions.add_comment(
            filing_id=filing.pk, user=officer, section=section, field=field, label=label, text=text,
            visibility=visibility,
        )
    decisions.return_filing(
        filing_id=filing.pk, user=officer, seen_version=filing.version,
        comment="研发费用与审计报告不一致，请核对后重新提交。",
    )


def _publish(filing, announce):
    """Put the filing on a list, and for a title let the days of publicity go by at once."""
    manager = _manager(filing.province.code)
    today = timezone.localdate()
    listed = publicity.create_list(
        user=manager, kind_code=KIND, title=f"{today.year}年{manager.authority.short_name}创新型中小企业公示名单（演示）",
        starts_on=today, ends_on=today + datetime.timedelta(days=6), contact="演示电话 000-00000000",
    )
    publicity.start(user=manager, publicity_id=listed.pk, seen_version=listed.version)
    if not announce:
        return
    # The one thing that no service does: time passes.
    PublicityList.objects.filter(pk=listed.pk).update(
        starts_on=today - datetime.timedelta(days=8), ends_on=today - datetime.timedelta(days=1)
    )
    listed.refresh_from_db()
    publicity.announce(
        user=manager, publicity_id=listed.pk, seen_version=listed.version, document_number=f"演示〔{today.year}〕1号"
    )


def _manager(code):
    return User.objects.get(login_name=next(row.login_name for row in cast.OFFICERS if row.authority == code))


def _decider(filing):
    """Return the demo officer of the desk, or of the authority above it where the demo has none."""
    return User.objects.filter(authority=filing.desk, kind="officer").order_by("pk").first()
