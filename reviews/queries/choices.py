"""What the filters of the work list offer: fixed lists, and a few that depend on the officer. Nothing is counted."""
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.enums import AuthorityLevel
from accounts.models import Authority, Industry, User
from reviews.enums import State
from reviews.kinds import all_kinds, get_kind, kind_choices
from reviews.models import Window
from reviews.queries.ages import AGES

MINE, ALL = "mine", "all"
SCOPES = [
    (MINE, "待我审核"),
    (ALL, "我辖区全部"),
    (State.IN_REVIEW.value, "审核中"),
    (State.RETURNED.value, "已退回"),
    (State.APPROVED.value, "审核通过待公示"),
    (State.PUBLICISED.value, "公示中"),
    (State.RECOGNISED.value, "已认定"),
    (State.REJECTED.value, "不予通过"),
]
RENEWAL = [("new", "申报"), ("renewal", "复核")]
DUE = [("overdue", "已超期"), ("soon", "3 个工作日内到期")]
WARNING = [("yes", "有核验提示")]
#: Filing.verdict, as applications.standards.results names it.
VERDICTS = [("meets", "满足"), ("meets_direct", "以直通条件满足"), ("not_yet", "暂不满足"), ("incomplete", "填报不完整")]
#: The columns of the filing below each level; an officer may narrow the list by them, one after the other.
AREAS_BELOW = {"ministry": ("province", "city", "county"), "province": ("city", "county"), "city": ("county",)}
AREA_LABELS = {"province": "省", "city": "市", "county": "县（区）"}
#: Windows offered, newest first; older ones stay reachable by their filings.
MOST_WINDOWS = 60


class Choices:
    """The choices for one officer; ``given`` are the conditions as they stand, on which the areas depend.

    Each list is [(value as text, label)] and costs one query at most, when it is asked for.
    """

    def __init__(self, user, given):
        self.user = user
        self.given = given
        self.area_columns = AREAS_BELOW.get(user.authority.level, ())

    scope = SCOPES
    renewal = RENEWAL
    due = DUE
    waited = AGES
    warning = WARNING
    verdict = VERDICTS

    @property
    def kind(self):
        """The registered kinds."""
        return kind_choices()

    @property
    def tier(self):
        """The tiers of the registered kinds."""
        return list({kind.tier: kind.tier_title for kind in all_kinds() if kind.tier}.items())

    @cached_property
    def _authorities(self):
        """The officer's own authority, what is below it and below the chosen areas, and what a desk can be besides."""
        own = self.user.authority
        chosen = [self.given[name] for name in ("province", "city") if self.given.get(name)]
        further = [self.given["desk"]] if self.given.get("desk") else []
        rows = Authority.objects.filter(
            Q(parent__in=[own.pk, *chosen])
            | Q(pk__in=[own.pk, own.parent_id, *further])
            | Q(level=AuthorityLevel.MINISTRY)
        )
        return list(rows.order_by("code").only("short_name", "level", "parent", "is_active"))

    def fill_areas(self):
        """Add the areas above a chosen one where an address names only the lower; one query when there is a gap."""
        chosen = [name for name in self.area_columns if self.given.get(name)]
        if not chosen or all(self.given.get(name) for name in self.area_columns[: self.area_columns.index(chosen[-1])]):
            return
        row = Authority.objects.filter(pk=self.given[chosen[-1]]).values_list("parent", "parent__parent").first()
        names = self.area_columns[: self.area_columns.index(chosen[-1])]
        for name, above in zip(reversed(names), row or (), strict=False):
            self.given[name] = self.given.get(name) or str(above or "")

    def area(self, column):
        """Return the areas of a column: the children of the area chosen above it, or of the officer's own."""
        place = self.area_columns.index(column)
        above = str(self.user.authority_id) if place == 0 else self.given.get(self.area_columns[place - 1], "")
        return [_named(row) for row in self._authorities if above and str(row.parent_id) == above]

    @property
    def desk(self):
        """The authorities that a filing of the officer's area can wait at, from the ministry down."""
        order = {level: place for place, level in enumerate(("ministry", "province", "city", "county"))}
        return [_named(row) for row in sorted(self._authorities, key=lambda row: order[row.level])]

    @cached_property
    def window(self):
        """The windows (申报批次) of the officer's province and of the ministry, newest first; the ministry's see all."""
        own = self.user.authority
        windows = Window.objects.select_related("authority").only(
            "kind", "period", "opens_at", "closes_at", "authority__short_name"
        ).order_by("-opens_at", "-id")
        if own.level != AuthorityLevel.MINISTRY:
            above = [own.pk, own.parent_id, own.parent.parent_id if own.level == AuthorityLevel.COUNTY else None]
            windows = windows.filter(Q(authority__in=above) | Q(authority__level=AuthorityLevel.MINISTRY))
        if self.given.get("kind"):
            windows = windows.filter(kind=self.given["kind"])
        return [(str(window.pk), _window_label(window)) for window in windows[:MOST_WINDOWS]]

    @cached_property
    def industry(self):
        """The 行业门类."""
        rows = Industry.objects.filter(level=1).order_by("code").values_list("code", "name")
        return [(code, f"{code} {name}") for code, name in rows]

    @cached_property
    def handler(self):
        """The officer, nobody, and the colleagues."""
        rows = User.objects.filter(authority=self.user.authority_id, is_active=True).exclude(pk=self.user.pk)
        colleagues = rows.order_by("login_name").only("person_name", "login_name", "verified_name")
        return [("me", "我经办的"), ("none", "未指定经办人"), *((str(row.pk), str(row)) for row in colleagues)]

    def of(self, name):
        """Return the choices of a condition."""
        return self.area(name) if name in AREA_LABELS else getattr(self, name)


def areas_below(user, parent_id):
    """Return [(id, name)] of the authorities right below one of the officer's tree; [] for any other."""
    tree = Q(pk=user.authority_id) | Q(parent=user.authority_id) | Q(parent__parent=user.authority_id)
    parent = Authority.objects.filter(tree, pk=parent_id).first()
    if parent is None:
        return []
    return [_named(row) for row in Authority.objects.filter(parent=parent).order_by("code")]


def batch(window):
    """Return the days of a window (申报批次) in short."""
    opens, closes = timezone.localdate(window.opens_at), timezone.localdate(window.closes_at)
    return f"{opens:%m-%d} 至 {closes:%m-%d}"


def _window_label(window):
    title = get_kind(window.kind).title if window.kind in dict(kind_choices()) else window.kind
    return f"{window.period}年 {title} {window.authority.short_name} {batch(window)}"


def _named(row):
    return str(row.pk), row.short_name if row.is_active else f"{row.short_name}（已停用）"
