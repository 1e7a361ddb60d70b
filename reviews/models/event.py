"""The history of a filing: append-only, each row carrying the hash of the one before it."""
from django.db import models
from django.db.models import Q

from accounts.models import Authority, User
from reviews.enums import Action, Party, State


class ReviewEvent(models.Model):
    """Who did what to a filing, for which authority, seeing which version. Never updated, never deleted."""

    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="events", verbose_name="申报件")
    sequence = models.PositiveIntegerField("序号")
    action = models.CharField("操作", max_length=12, choices=Action)
    party = models.CharField("身份", max_length=20, choices=Party)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="账户")
    actor_name = models.CharField("操作人", max_length=120)
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+", verbose_name="主管部门")
    from_state = models.CharField("原状态", max_length=12, choices=State)
    to_state = models.CharField("新状态", max_length=12, choices=State)
    seen_version = models.PositiveIntegerField("所见版本")
    comment = models.TextField("意见（企业可见）", blank=True)
    note = models.TextField("内部备注", blank=True)
    snapshot = models.ForeignKey("reviews.Snapshot", models.PROTECT, null=True, related_name="+", verbose_name="快照")
    at = models.DateTimeField("时间")
    previous_hash = models.CharField("前一事件摘要", max_length=64, blank=True)
    hash = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审核记录"
        ordering = ["filing", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "sequence"], name="review_event_sequence_once"),
            # A version of a filing can be acted on once: the second of two clicks or two officers is refused here too.
            models.UniqueConstraint(fields=["filing", "seen_version"], name="review_event_one_per_seen_version"),
            models.CheckConstraint(condition=Q(action__in=Action.values), name="review_event_action_known"),
            models.CheckConstraint(
                condition=~Q(action__in=["return", "reject", "take_out"]) | ~Q(comment=""),
                name="review_event_refusal_has_comment",
            ),
            models.CheckConstraint(
                condition=Q(party="owner", authority__isnull=True) | (~Q(party="owner") & Q(authority__isnull=False)),
                name="review_event_officer_has_authority",
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()} {self.actor_name}"
