"""Plain functions that bring a filing to any state through the real services.

``make_filing(state=State.APPROVED)`` does what people would: the enterprise opens and submits, officers of each desk
on its route decide. Nothing is written past a service but the dates of a publicity list that has to be over.
"""
import datetime
import hashlib
import itertools

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.enums import AuthorityLevel, OfficerRole
from accounts.models import Authority, User
from accounts.tests.factories import make_authority_tree, make_enterprise, make_officer
from reviews.enums import Action, State
from reviews.kinds import get_kind
from reviews.models import Attachment, PublicityList, Window
from reviews.services import decisions, filings, publicity, windows
from reviews.services.routes import authorities_of

KIND = "test_application"
#: States that a filing reaches by passing through others.
PUBLISHED = (State.PUBLICISED, State.RECOGNISED)

_serial = itertools.count(1)


def officer_of(authority, role=OfficerRole.MANAGER):
    """Return an active officer of the authority with that role, made when there is none."""
    found = User.objects.filter(authority=authority, role=role, is_active=True).order_by("pk").first()
    return found or make_officer(authority.code, role)


def authority(code):
    """Return the authority with that code; the tree is made when it is not there yet."""
    make_authority_tree()
    return Authority.objects.get(code=code)


def open_window(kind=KIND, code="320000", days=30, period=None):
    """Return a window of the authority with that code that is open now, made when there is none."""
    now = timezone.now()
    found = Window.objects.open_at(now).filter(kind=kind, authority__code=code).first()
    if found:
        return found
    owner = officer_of(authority(code))
    window = Window(
        kind=kind, authority=owner.authority, period=period or timezone.localdate().year,
        opens_at=now - datetime.timedelta(days=1), closes_at=now + datetime.timedelta(days=days),
    )
    return windows.save_window(user=owner, window=window)


def make_filing(enterprise=None, *, state=State.DRAFT, kind=KIND, step=1, region="320102", attachments=0, **answers):
    """Return a filing of ``enterprise`` (a new one by default) in ``state``.

    ``step`` is the desk it waits on when in review. ``attachments`` evidence files lie in the slot basic.proof.
    ``answers`` replace answers of the section basic of the test kinds.
    """
    enterprise = enterprise or make_enterprise(region=region)
    province = authorities_of(enterprise.registered_region)[AuthorityLevel.PROVINCE]
    open_window(kind, province.code)
    filing = filings.open_filing(user=enterprise.account, kind_code=kind)
    if answers:
        change_answers(filing, **answers)
    for _ in range(attachments):
        attach(filing)
    if state == State.DRAFT:
        return filing
    submit(filing)
    if state == State.WITHDRAWN:
        filings.withdraw(filing_id=filing.pk, user=enterprise.account, seen_version=filing.version)
    elif state == State.IN_REVIEW:
        for _ in range(step - 1):
            decide(filing)
    elif state in (State.RETURNED, State.REJECTED):
        for _ in range(step - 1):
            decide(filing)
        decide(filing, Action.RETURN if state == State.RETURNED else Action.REJECT, comment="主导产品与营业执照经营范围不符。")
    else:
        while filing.state == State.IN_REVIEW:
            decide(filing)
    if state in PUBLISHED:
        publicise(filing)
    if state == State.RECOGNISED:
        announce(filing)
    filing.refresh_from_db()
    return filing


def change_answers(filing, section="basic", **values):
    """Write answers of one section as the enterprise."""
    filings.write_answers(
        filing_id=filing.pk,
        user=filing.enterprise.account,
        seen_version=filing.version,
        change=lambda row: row.answers[section].update(values),
    )
    filing.refresh_from_db()
    return filing


def attach(filing, slot="basic.proof", name=None, content=None):
    """Add an evidence file to a filing; each has a content of its own."""
    n = next(_serial)
    content = content or f"%PDF-1.4 test {n}".encode()
    row = Attachment(
        filing=filing, slot=slot, name=name or f"营业执照{n}.pdf", content_type="application/pdf", size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), uploaded_by=filing.enterprise.account,
    )
    row.file.save(row.name, ContentFile(content))
    return row


def submit(filing):
    """Submit (again) as the enterprise."""
    filings.submit(filing_id=filing.pk, user=filing.enterprise.account, seen_version=filing.version)
    filing.refresh_from_db()
    return filing


def decide(filing, action=Action.APPROVE, comment="", note="", user=None):
    """Decide as an officer of the desk that the filing waits on."""
    services = {
        Action.APPROVE: decisions.approve,
        Action.RETURN: decisions.return_filing,
        Action.REJECT: decisions.reject,
    }
    user = user or officer_of(filing.desk)
    services[action](filing_id=filing.pk, user=user, seen_version=filing.version, comment=comment, note=note)
    filing.refresh_from_db()
    return filing


def make_publicity(filing, days=7):
    """Return a list in preparation with this approved filing and whatever else waits for the same authority."""
    kind = get_kind(filing.kind)
    owner = filing.province if kind.publisher_level == AuthorityLevel.PROVINCE else filing.province.parent
    today = timezone.localdate()
    return publicity.create_list(
        user=officer_of(owner), kind_code=filing.kind, title=f"{today.year}年{kind.title}公示名单", starts_on=today,
        ends_on=today + datetime.timedelta(days=days), contact=f"{owner.short_name} 010-00000000",
    )


def publicise(filing):
    """Bring an approved filing, and whatever waits with it, into a running publicity; return the list."""
    listed = make_publicity(filing)
    publicity.start(user=officer_of(listed.authority), publicity_id=listed.pk, seen_version=listed.version)
    listed.refresh_from_db()
    filing.refresh_from_db()
    return listed


def end_publicity(listed):
    """Move the dates of a list into the past, as if its days had gone by."""
    today = timezone.localdate()
    PublicityList.objects.filter(pk=listed.pk).update(
        starts_on=today - datetime.timedelta(days=8), ends_on=today - datetime.timedelta(days=1)
    )
    listed.refresh_from_db()
    return listed


def announce(filing, document_number="苏工信企业〔2026〕1号"):
    """Announce the list that a publicised filing stands on; return the list."""
    listed = end_publicity(filing.publicity_entries.get(taken_out_at__isnull=True).publicity)
    publicity.announce(
        user=officer_of(listed.authority), publicity_id=listed.pk, seen_version=listed.version,
        document_number=document_number,
    )
    listed.refresh_from_db()
    filing.refresh_from_db()
    return listed
