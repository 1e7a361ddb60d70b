"""The outbox: 系统消息 and SMS are rows written in the transaction that causes them (design.md §8).

An SMS goes queued → sending → sent. ``sending`` is committed before the provider is called, and the provider is
called outside any transaction. A worker that dies in between leaves a row of which nobody knows whether the text
went out: it becomes ``uncertain`` and is not sent again by itself, because a text that comes twice is worse than one
whose loss an operator sees and repairs (the same news is always in 系统消息). A refusal is certain: the row goes back
to ``queued`` with a growing pause and ends as ``failed``.
"""
import datetime

from celery import signature
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.enums import NoticeChannel, NoticeState, UserKind
from accounts.models import Notice
from accounts.services.access_log import log_access
from portal.tools.errors import NotPermitted, WrongState
from portal.tools.queueing import enqueue_on_commit

#: A new row is handed to the broker at once; the sweep looks at it only when that has not worked.
HAND_OVER = datetime.timedelta(minutes=1)
#: Pause after the first refusal; doubled after each further one.
FIRST_PAUSE = datetime.timedelta(seconds=30)
#: Longer than the hard time limit of a task (settings), so a row this old has no worker any more.
SENDING_LIMIT = datetime.timedelta(minutes=10)
#: A row that the sweep has handed over is left alone for so long.
SWEEP_PAUSE = datetime.timedelta(minutes=5)
SWEEP_SIZE = 500

#: Where the secret of a notice goes in its body.
SECRET_PLACE = "{secret}"

# By name: tasks import services, never the other way round.
SEND_TASK = "accounts.tasks.send_notice"

RESENDABLE = (NoticeState.UNCERTAIN, NoticeState.FAILED)


@transaction.atomic
def notify(*, recipient, key, title, body, link="", sms=False, mobile=None):
    """Write a 系统消息 for ``recipient``, and an SMS too when ``sms`` is true and there is a number to send it to.

    ``key`` names the event: a second call with the same key changes nothing. ``link`` is a path of the portal.
    The SMS goes to ``mobile`` when given (the new number of 手机号修改), else to the bound one.
    Returns the message.
    """
    message, _ = Notice.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "title": title,
            "body": body,
            "link": link,
            "channel": NoticeChannel.MESSAGE,
            "state": NoticeState.SENT,
            "sent_at": timezone.now(),
        },
    )
    mobile = mobile or recipient.mobile
    if sms and mobile:
        send_text(mobile=mobile, key=f"{key}:sms", title=title, body=body, recipient=recipient, link=link)
    return message


@transaction.atomic
def notify_many(*, messages):
    """Write many 系统消息 in one statement; return how many there are.

    ``messages`` are dicts of recipient, key, title, body and link as ``notify`` takes them; a key that is there
    already changes nothing.
    """
    now = timezone.now()
    rows = [
        Notice(channel=NoticeChannel.MESSAGE, state=NoticeState.SENT, sent_at=now, **message) for message in messages
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


@transaction.atomic
def send_text(*, mobile, key, title, body, secret="", expires_at=None, recipient=None, link=""):
    """Write an SMS to ``mobile`` without a 系统消息; ``recipient`` is None for a number that has no account.

    ``secret`` takes the place of ``{secret}`` in ``body`` at sending and is wiped then; after ``expires_at`` the SMS
    is not sent any more. A second call with the same key changes nothing. Returns the row.
    """
    text, created = Notice.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "title": title,
            "body": body,
            "link": link,
            "channel": NoticeChannel.SMS,
            "state": NoticeState.QUEUED,
            "mobile": mobile,
            "secret": secret,
            "expires_at": expires_at,
            "next_attempt_at": timezone.now() + HAND_OVER,
        },
    )
    if created:
        enqueue_on_commit(signature(SEND_TASK), text.pk)
    return text


def claim_notice(*, notice_id):
    """Take a queued SMS for sending and commit that; return it, or None when it is not to be sent now.

    Of several workers with the same id exactly one gets the row: the others wait for the lock and then find it in
    another state. A stray task cannot shorten the pause after a refusal.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        notice = Notice.objects.select_for_update().filter(pk=notice_id, state=NoticeState.QUEUED).first()
        if notice is None or (notice.claimed_at and now < notice.claimed_at + pause_after(notice.attempts)):
            return None
        if notice.expires_at and now >= notice.expires_at:
            _expire(Notice.objects.filter(pk=notice_id))
            return None
        notice.state = NoticeState.SENDING
        notice.claimed_at = now
        notice.attempts += 1
        notice.save(update_fields=["state", "claimed_at", "attempts"])
    return notice


def text_of(notice):
    """Return the text that goes to the telephone: the body with its secret in place."""
    return notice.body.replace(SECRET_PLACE, notice.secret)


def pause_after(attempts):
    """Return how long to wait after so many refused attempts: 30 s, 1 min, 2 min, …"""
    return FIRST_PAUSE * 2 ** max(attempts - 1, 0)


@transaction.atomic
def record_sent(*, notice, answer):
    """Store the provider's answer to the attempt that ``notice`` was claimed for."""
    _close_attempt(
        notice, state=NoticeState.SENT, sent_at=timezone.now(), next_attempt_at=None, provider_answer=answer, secret=""
    )


@transaction.atomic
def record_refusal(*, notice, answer):
    """Store a definite refusal: queued again after a pause, or failed after settings.NOTICE_MAX_ATTEMPTS."""
    if notice.attempts >= settings.NOTICE_MAX_ATTEMPTS:
        _close_attempt(notice, state=NoticeState.FAILED, next_attempt_at=None, provider_answer=answer, secret="")
    else:
        due = notice.claimed_at + pause_after(notice.attempts)
        _close_attempt(notice, state=NoticeState.QUEUED, next_attempt_at=due, provider_answer=answer)


@transaction.atomic
def record_uncertain(*, notice, answer):
    """Store that nobody knows whether the provider sent the text."""
    _close_attempt(notice, state=NoticeState.UNCERTAIN, next_attempt_at=None, provider_answer=answer, secret="")


def _close_attempt(notice, **columns):
    # claimed_at names the attempt: a late answer still settles an uncertain row, and never touches a newer attempt.
    Notice.objects.filter(
        pk=notice.pk, claimed_at=notice.claimed_at, state__in=[NoticeState.SENDING, NoticeState.UNCERTAIN]
    ).update(**columns)


@transaction.atomic
def give_up_stale():
    """Turn rows whose worker has died while sending into ``uncertain``; return how many."""
    return Notice.objects.filter(
        state=NoticeState.SENDING, claimed_at__lt=timezone.now() - SENDING_LIMIT
    ).update(state=NoticeState.UNCERTAIN, next_attempt_at=None, secret="")


@transaction.atomic
def give_up_expired():
    """Fail queued SMS whose time is over (a code that nobody could use any more); return how many."""
    return _expire(Notice.objects.filter(state=NoticeState.QUEUED, expires_at__lte=timezone.now()))


def _expire(notices):
    return notices.update(
        state=NoticeState.FAILED, next_attempt_at=None, secret="", provider_answer="已过有效期，没有发送。"
    )


@transaction.atomic
def defer_notices(*, notice_ids):
    """Keep rows that were just handed over out of the next sweeps, so that a backlog does not double itself."""
    return Notice.objects.filter(pk__in=notice_ids, state=NoticeState.QUEUED).update(
        next_attempt_at=timezone.now() + SWEEP_PAUSE
    )


@transaction.atomic
def resend_notice(*, notice_id, actor, request=None):
    """Queue an uncertain or failed SMS again, on an operator's responsibility (【重新发送】).

    Raises NotPermitted for anybody else, WrongState for a notice in another state.
    """
    if not (actor.is_active and actor.kind == UserKind.OPERATOR):
        raise NotPermitted("只有运维账户可以重新发送短信。")
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.channel != NoticeChannel.SMS or notice.state not in RESENDABLE:
        raise WrongState(
            f"“{notice.title}”的状态为“{notice.get_state_display()}”，只有“结果不明”或“发送失败”的短信可以重新发送。"
        )
    if notice.expires_at:
        raise WrongState(f"“{notice.title}”有时效，不能重新发送。请让用户在页面上重新获取。")
    notice.state = NoticeState.QUEUED
    notice.attempts = 0
    notice.claimed_at = None
    notice.next_attempt_at = timezone.now() + HAND_OVER
    notice.save(update_fields=["state", "attempts", "claimed_at", "next_attempt_at"])
    log_access(actor=actor, action="重新发送短信", subject=f"{notice.pk} {notice.title}", request=request)
    enqueue_on_commit(signature(SEND_TASK), notice.pk)
    return notice


@transaction.atomic
def mark_read(*, recipient, notice_id):
    """Mark one of the recipient's own unread messages as read; return how many were (0 or 1)."""
    return _unread(recipient).filter(pk=notice_id).update(read_at=timezone.now())


@transaction.atomic
def mark_all_read(*, recipient):
    """Mark all messages of the recipient as read; return how many were unread."""
    return _unread(recipient).update(read_at=timezone.now())


def _unread(recipient):
    return Notice.objects.filter(recipient=recipient, channel=NoticeChannel.MESSAGE, read_at__isnull=True)
