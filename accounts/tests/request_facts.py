"""What somebody types who has lost his account or verifies it by hand; every value is invented."""
import secrets

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import DocumentType
from accounts.models import MobileChangeRequest, RealNameRequest, Region
from accounts.services.requests import desk_of
from portal.tests.files import pdf_bytes

PDF = pdf_bytes()
#: An ID card number with the right check character, of a place that does not exist.
DOCUMENT = "999999199001011238"
NEW = "13900009999"


def paper(name="证明.pdf", content=PDF):
    """Return an upload."""
    return SimpleUploadedFile(name, content)


def typed(uscc, **changes):
    """Return what the form of a request is sent with."""
    return {
        "uscc": uscc,
        "enterprise_name": "示例精密机械有限公司",
        "legal_representative": "示例人",
        "document_type": DocumentType.ID_CARD,
        "document_number": DOCUMENT,
        "region": "320102",
        "evidence": paper(),
    } | changes


def facts(uscc, **changes):
    """Return the columns of a request."""
    stated = {name: value for name, value in typed(uscc).items() if name != "evidence"}
    return stated | {"region": Region.objects.get(code="320102")} | changes


def make_request(kind, uscc, account=None, **columns):
    """Make a pending request of 玄武区, which the 南京市 authority decides."""
    stated = facts(uscc, **{name: columns.pop(name) for name in ("enterprise_name", "region") if name in columns})
    number = "new_mobile" if kind is MobileChangeRequest else "mobile"
    defaults = {
        "receipt": f"SJ20260101{secrets.token_hex(4).upper()}",
        "authority": desk_of(stated["region"]),
        "evidence_name": "证明.pdf",
        number: NEW,
    }
    row = kind(account=account, **stated, **defaults | columns)
    row.evidence.save("证明.pdf", paper(), save=False)
    row.save()
    return row


def make_mobile_request(account=None, uscc=None, **columns):
    """Make a pending 手机号修改申请."""
    return make_request(MobileChangeRequest, uscc or account.uscc, account, **columns)


def make_real_name_request(account, uscc=None, **columns):
    """Make a pending 人工实名认证申请."""
    return make_request(RealNameRequest, uscc or account.uscc, account, **columns)
