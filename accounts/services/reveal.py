"""Showing a personal value in full (【显示】): every time is one row of the operation log, and the log sets the limit."""
import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import AccessLog, MobileChangeRequest, RealNameRequest, User
from accounts.queries.officers import is_operator, manageable_officers
from accounts.queries.requests import for_officer
from accounts.services.access_log import log_access
from portal.tools.errors import NotPermitted, Refused

REVEAL = "显示个人信息"
HOUR = datetime.timedelta(hours=1)
#: How many values one account may have shown within an hour.
REVEALS_PER_HOUR = 100
LIMIT_SENTENCE = f"一小时内最多显示 {REVEALS_PER_HOUR} 项个人信息，您已达到上限，请稍后再试。确因工作需要大批核对的，请联系运维人员。"
MISSING_SENTENCE = "找不到要显示的内容，或不在您的管辖范围内。请返回原页面刷新后再试。"

#: What may be asked for, and the columns of it that hold personal data.
FIELDS = {
    "account": (User, ("mobile", "document_number")),
    "mobile-change": (MobileChangeRequest, ("new_mobile", "document_number")),
    "real-name": (RealNameRequest, ("mobile", "document_number")),
}


class RevealLimit(Refused):
    """Too many values within an hour."""

    status = 429
    code = "reveal_limit"


@transaction.atomic
def log_reveal(*, actor, subject, request):
    """Log that ``actor`` has the personal value ``subject`` shown. Raises RevealLimit, and then nothing is shown."""
    since = timezone.now() - HOUR
    shown = AccessLog.objects.filter(actor=actor, action=REVEAL).order_by("-id").values_list("at", flat=True)
    if any(moment > since for moment in shown[REVEALS_PER_HOUR - 1 : REVEALS_PER_HOUR]):
        raise RevealLimit(LIMIT_SENTENCE)
    return log_access(actor=actor, action=REVEAL, subject=subject, request=request)


@transaction.atomic
def reveal(*, actor, what, row_id, field, request):
    """Return (label, plain value) of a column of an account or a request, after logging it.

    Accounts: operators all, managers those they manage. Requests: officers of the authority that has it.
    Raises NotPermitted for what is not there for the actor, RevealLimit.
    """
    model, fields = FIELDS.get(what, (None, ()))
    row = _rows(actor, model).filter(pk=row_id).first() if field in fields else None
    if row is None:
        raise NotPermitted(MISSING_SENTENCE)
    label = model._meta.get_field(field).verbose_name
    name = row.login_name if model is User else row.receipt
    log_reveal(actor=actor, subject=f"{model._meta.verbose_name} {name} {label}", request=request)
    return label, getattr(row, field)


def _rows(actor, model):
    if model is not User:
        return for_officer(model.objects.all(), actor)
    return User.objects.all() if is_operator(actor) else manageable_officers(actor)

