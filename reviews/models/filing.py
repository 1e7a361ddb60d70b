"""The filing (申报件): one table for everything an enterprise submits (design.md §4)."""
from django.db import models
from django.db.models import Q

from accounts.models import Authority, Enterprise, Region, User
from reviews.enums import OPEN_STATES, State, StepOutcome, StepSide

#: The column of a filing that holds the authority of a level; the ministry's area is every filing.
_AREA_COLUMNS = {"ministry": None, "province": "province", "city": "city", "county": "county"}


def _area_of(user):
    """Return the condition of an officer's own area: {} for the ministry, None for whoever has none."""
    if not (user.is_authenticated and user.is_active and user.is_officer and user.authority_id):
        return None
    if user.authority.level not in _AREA_COLUMNS:
        return None
    column = _AREA_COLUMNS[user.authority.level]
    return {column: user.authority_id} if column else {}


class FilingQuerySet(models.QuerySet):
    """Reads of filings by who asks; every page starts from one of these."""

    def for_owner(self, user):
        """Return the filings of the user's own enterprise; nothing for any other account."""
        if not (user.is_authenticated and user.is_active and user.is_legal_person):
            return self.none()
        return self.filter(enterprise__account=user)

    def for_officer(self, user):
        """Return the filings in the officer's jurisdiction; fails closed (design.md §4).

        City and county officers see the filings of their area, a province its province, the ministry every filing
        that has been submitted. Whoever has the desk sees the filing wherever it came from. Drafts are private to
        the enterprise until they are first submitted.
        """
        area = _area_of(user)
        if area is None:
            return self.none()
        submitted = self.filter(submitted_at__isnull=False)
        return submitted.filter(Q(**area) | Q(desk=user.authority_id)) if area else submitted

    def in_area_of(self, user):
        """Return the submitted filings of the officer's own area; fails closed as ``for_officer``.

        Outside review no desk holds a filing, so there both give the same rows, and this one is a plain range of the
        index on (area, state). In review it lacks what another area sent to the officer's desk.
        """
        area = _area_of(user)
        return self.none() if area is None else self.filter(submitted_at__isnull=False, **area)

    def on_desk_of(self, user):
        """Return the filings that wait for this officer's authority (待我审核)."""
        if not (user.is_authenticated and user.is_active and user.is_officer and user.authority_id):
            return self.none()
        return self.filter(state=State.IN_REVIEW, desk=user.authority_id)


class Filing(models.Model):
    """Anything an enterprise submits for review. Business state is written by reviews.services only."""

    kind = models.CharField("事项", max_length=40)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="filings", verbose_name="企业")
    period = models.PositiveSmallIntegerField("年度")
    edition = models.CharField("表单版本", max_length=40)
    number = models.CharField("申报编号", max_length=20, null=True, unique=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField("版本", default=1)
    round = models.PositiveSmallIntegerField("提交次数", default=0)
    answers = models.JSONField("填报内容", default=dict)
    self_score = models.DecimalField("自评得分", max_digits=6, decimal_places=2, null=True)
    verdict = models.CharField("自评结论", max_length=20, blank=True)
    enterprise_name = models.CharField("企业名称", max_length=120)
    registered_region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="企业注册地")
    province = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+", verbose_name="省级主管部门")
    city = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+", verbose_name="市级主管部门")
    county = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+", verbose_name="县级主管部门")
    desk = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+", verbose_name="当前审核部门")
    handler = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="经办人")
    due_at = models.DateTimeField("审核期限", null=True)
    window = models.ForeignKey("reviews.Window", models.PROTECT, null=True, related_name="filings", verbose_name="申报批次")
    industry_section = models.CharField("行业门类", max_length=1, blank=True)
    warnings = models.PositiveSmallIntegerField("核验提示数", default=0)
    step = models.PositiveSmallIntegerField("当前步骤", default=0)
    desk_since = models.DateTimeField("到达当前部门时间", null=True)
    submitted_at = models.DateTimeField("提交时间", null=True)
    decided_at = models.DateTimeField("办结时间", null=True)
    snapshot = models.ForeignKey("reviews.Snapshot", models.PROTECT, null=True, related_name="+", verbose_name="当前快照")
    last_event_hash = models.CharField("事件链尾", max_length=64, blank=True)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = FilingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申报件"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["desk", "desk_since", "id"], condition=Q(state="in_review"), name="filing_on_desk"),
            models.Index(fields=["desk", "due_at"], condition=Q(state="in_review"), name="filing_by_due"),
            models.Index(fields=["province", "state", "-id"], name="filing_by_province"),
            models.Index(fields=["city", "state", "-id"], name="filing_by_city"),
            models.Index(fields=["county", "state", "-id"], name="filing_by_county"),
            models.Index(fields=["enterprise", "-id"], name="filing_by_enterprise"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="filing_state_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="filing_version_positive"),
            models.UniqueConstraint(
                fields=["enterprise", "kind", "period"],
                condition=Q(state__in=OPEN_STATES),
                name="filing_one_open_per_kind_and_period",
            ),
            models.CheckConstraint(
                condition=Q(state="in_review", desk__isnull=False, step__gte=1, desk_since__isnull=False)
                | (~Q(state="in_review") & Q(desk__isnull=True, desk_since__isnull=True)),
                name="filing_has_desk_iff_in_review",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="draft", submitted_at__isnull=True, number__isnull=True, round=0, snapshot__isnull=True
                )
                | (
                    ~Q(state="draft")
                    & Q(submitted_at__isnull=False, number__isnull=False, round__gte=1, snapshot__isnull=False)
                    & Q(province__isnull=False, registered_region__isnull=False)
                ),
                name="filing_submitted_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "publicised", "recognised", "rejected"], decided_at__isnull=False)
                | Q(state__in=["draft", "in_review", "returned", "withdrawn"], decided_at__isnull=True),
                name="filing_decided_iff_decided_at",
            ),
            models.CheckConstraint(
                condition=Q(state="in_review") | Q(due_at__isnull=True, handler__isnull=True),
                name="filing_handler_and_due_only_in_review",
            ),
        ]

    def __str__(self):
        return f"{self.number or '未提交'} {self.enterprise_name}"

    @property
    def is_editable(self):
        """Whether the enterprise may change the answers now."""
        return self.state in {State.DRAFT, State.RETURNED}


class FilingStep(models.Model):
    """One step of the route, copied onto the filing at submit, so that a change of routes never touches it."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="steps", verbose_name="申报件")
    round = models.PositiveSmallIntegerField("提交次数")
    position = models.PositiveSmallIntegerField("步骤")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", verbose_name="审核部门")
    side = models.CharField("所属地", max_length=12, choices=StepSide, default=StepSide.ORIGIN)
    arrived_at = models.DateTimeField("到达时间", null=True)
    decided_at = models.DateTimeField("办理时间", null=True)
    outcome = models.CharField("结果", max_length=10, choices=StepOutcome, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核步骤"
        ordering = ["filing", "round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["filing", "round", "position"], name="filing_step_once"),
            models.CheckConstraint(condition=Q(position__gte=1, round__gte=1), name="filing_step_counts_from_one"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True) | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="filing_step_decided_iff_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.round}.{self.position} {self.authority}"
