"""公示 and 公告: a list of approved filings that is shown to the public before recognition."""
from django.db import models
from django.db.models import F, Q

from accounts.models import Authority, User
from reviews.enums import PublicityState


class PublicityList(models.Model):
    """公示名单 of one authority for one kind. Written by reviews.services.publicity only."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="publicity_lists", verbose_name="公布部门")
    kind = models.CharField("事项", max_length=40)
    title = models.CharField("标题", max_length=120)
    state = models.CharField("状态", max_length=10, choices=PublicityState, default=PublicityState.DRAFT)
    starts_on = models.DateField("公示开始日期")
    ends_on = models.DateField("公示结束日期", help_text="含当日")
    working_days = models.PositiveSmallIntegerField("公示工作日数", null=True, blank=True)
    contact = models.CharField("异议受理联系方式", max_length=120)
    document_number = models.CharField("公告文号", max_length=60, blank=True)
    announced_on = models.DateField("公告日期", null=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟定人")
    version = models.PositiveIntegerField("版本", default=1)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示公告"
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-starts_on"], name="publicity_public")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="publicity_ends_after_it_starts",
                violation_error_message="公示结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                condition=(Q(state="announced", announced_on__isnull=False) & ~Q(document_number=""))
                | (~Q(state="announced") & Q(announced_on__isnull=True)),
                name="publicity_announced_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True) | Q(announced_on__gt=F("ends_on")),
                name="publicity_announced_after_its_end",
            ),
            models.CheckConstraint(condition=Q(state__in=PublicityState.values), name="publicity_state_known"),
        ]

    def __str__(self):
        return self.title


class PublicityEntry(models.Model):
    """One filing on a list. A filing stands on one list at a time; taken out it stays readable."""

    publicity = models.ForeignKey(PublicityList, models.PROTECT, related_name="entries", verbose_name="公示名单")
    filing = models.ForeignKey("reviews.Filing", models.PROTECT, related_name="publicity_entries", verbose_name="申报件")
    position = models.PositiveIntegerField("序号")
    enterprise_name = models.CharField("企业名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    area = models.CharField("所在地", max_length=80)
    taken_out_at = models.DateTimeField("移出时间", null=True)
    reason = models.TextField("移出原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "公示条目"
        ordering = ["publicity", "position"]
        constraints = [
            models.UniqueConstraint(fields=["publicity", "position"], name="publicity_entry_position_once"),
            models.UniqueConstraint(
                fields=["filing"], condition=Q(taken_out_at__isnull=True), name="publicity_entry_filing_on_one_list"
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True) | ~Q(reason=""), name="publicity_entry_taken_out_says_why"
            ),
        ]

    def __str__(self):
        return self.enterprise_name
