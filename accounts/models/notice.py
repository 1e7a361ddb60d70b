"""系统消息 and SMS: rows written in the transaction that causes them (design.md §8)."""
from django.db import models
from django.db.models import Q

from accounts.enums import NoticeChannel, NoticeState
from accounts.models.user import User
from portal.tools.crypto import EncryptedTextField


class Notice(models.Model):
    """One message or SMS to one account, or an SMS to a number that has none yet.

    ``key`` makes writing it twice impossible. ``secret`` stands for ``{secret}`` in ``body`` when the SMS is sent and
    is wiped then, so that nobody reads a code in the outbox. After ``expires_at`` it is not sent any more.
    """

    recipient = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="notices", verbose_name="收件账户"
    )
    channel = models.CharField("方式", max_length=10, choices=NoticeChannel)
    key = models.CharField("幂等键", max_length=120, unique=True)
    title = models.CharField("标题", max_length=80)
    body = models.TextField("内容", max_length=1000)
    link = models.CharField("链接", max_length=200, blank=True)
    secret = EncryptedTextField("口令", blank=True)
    expires_at = models.DateTimeField("失效时间", null=True)
    mobile = EncryptedTextField("手机号", blank=True)
    state = models.CharField("状态", max_length=10, choices=NoticeState)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    next_attempt_at = models.DateTimeField("下次尝试", null=True)
    claimed_at = models.DateTimeField("开始发送", null=True)
    sent_at = models.DateTimeField("发送时间", null=True)
    provider_answer = models.TextField("服务商答复", blank=True)
    read_at = models.DateTimeField("阅读时间", null=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息与短信"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient", "channel", "-id"], name="notice_inbox"),
            models.Index(fields=["next_attempt_at"], condition=Q(state="queued"), name="notice_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_iff_sent_at",
            ),
            models.CheckConstraint(
                condition=Q(channel="message", mobile="", state="sent") | (Q(channel="sms") & ~Q(mobile="")),
                name="notice_sms_has_mobile",
            ),
            models.CheckConstraint(
                condition=Q(channel="sms") | Q(recipient__isnull=False), name="notice_message_has_recipient"
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(secret=""), name="notice_sent_has_no_secret"),
            models.CheckConstraint(
                condition=~Q(state="queued") | Q(next_attempt_at__isnull=False), name="notice_queued_has_time"
            ),
        ]

    def __str__(self):
        return self.title
