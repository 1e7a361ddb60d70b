"""What the SMS of a test said: read from the outbox, where codes wait encrypted until they are sent."""
from accounts.models import Notice, VerificationCode


def newest_code(mobile):
    """Return the code that was last written to this number."""
    rows = [notice for notice in Notice.objects.filter(channel="sms").order_by("-id") if notice.mobile == mobile]
    return next(notice.secret for notice in rows if notice.secret)


def texts_to(mobile):
    """Return the texts for this number, the newest first."""
    return [notice.body for notice in Notice.objects.filter(channel="sms").order_by("-id") if notice.mobile == mobile]


def age_codes(delta):
    """Let time pass for every code that was sent."""
    for row in VerificationCode.objects.all():
        VerificationCode.objects.filter(pk=row.pk).update(
            created_at=row.created_at - delta, expires_at=row.expires_at - delta
        )


def another(code):
    """Return a code that differs from this one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"
