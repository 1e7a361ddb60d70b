"""Celery tasks of the accounts app. They take ids and may run any number of times."""
import logging

from celery import shared_task
from django.utils import timezone

from accounts import sms
from accounts.queries.messages import due_notice_ids
from accounts.services import codes, licence, lockout, notices
from accounts.sessions import SessionStore
from portal.tools.queueing import enqueue

log = logging.getLogger(__name__)


@shared_task
def send_notice(notice_id):
    """Send one queued SMS; a row that is unknown, taken or not due is left alone."""
    provider = sms.get_provider()  # before the claim: a wrong setting must leave the row queued
    notice = notices.claim_notice(notice_id=notice_id)
    if notice is None:
        return
    try:
        answer = provider.send(notice.mobile, sms.sign(notices.text_of(notice)))
    except sms.SmsRefused as refusal:
        log.warning("SMS %s refused at attempt %s: %s", notice_id, notice.attempts, refusal)
        notices.record_refusal(notice=notice, answer=str(refusal))
    except Exception as error:
        log.exception("SMS %s: nobody knows whether it was sent", notice_id)
        notices.record_uncertain(notice=notice, answer=f"{type(error).__name__}: {error}")
    else:
        notices.record_sent(notice=notice, answer=answer)


@shared_task
def requeue_notices():
    """Hand over what is due and was not sent, because the broker was away or the provider refused."""
    notices.give_up_stale()
    notices.give_up_expired()
    handed_over = []
    for notice_id in due_notice_ids(now=timezone.now(), limit=notices.SWEEP_SIZE):
        if not enqueue(send_notice, notice_id):
            break  # the broker is away: the rest stays due
        handed_over.append(notice_id)
    notices.defer_notices(notice_ids=handed_over)


@shared_task
def clean_sign_in():
    """Delete what signing in leaves behind: failures older than the lock-out, old SMS codes, QR codes that nobody
    confirmed, ended sessions.

    The sign-in log stays: it is append-only and is what an investigation reads.
    """
    lockout.delete_old_failures()
    codes.delete_old_codes()
    licence.forget_scans()
    SessionStore.clear_expired()
