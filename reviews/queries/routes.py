"""Reads of 审核链 for the desk: every kind with its levels, one route with an example, what is missing, who changed it."""
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from accounts.enums import AuthorityLevel, OfficerRole, UserKind
from accounts.models import Authority, Region, User
from reviews.enums import State
from reviews.kinds import all_kinds
from reviews.models import Filing, Route
from reviews.services.routes import ARROW, authorities_of, in_words, is_fixed, levels_of, may_set_route

#: Names that a warning spells out; the rest is a number.
NAMED = 5
CHANGES_SHOWN = 20
COUNT_CAP = 1000


@dataclass(frozen=True)
class RouteRow:
    """The levels for one kind in one province, or (``authority`` the ministry) in the nation."""

    kind: object
    authority: object
    levels: list
    is_own: bool
    may_set: bool

    @property
    def place(self):
        """What it holds for, in words."""
        return "全国（默认）" if self.authority.level == AuthorityLevel.MINISTRY else self.authority.short_name

    @property
    def words(self):
        """The levels in words."""
        return in_words(self.levels)

    @property
    def is_fixed(self):
        """Whether nobody can change it."""
        return is_fixed(self.kind)


def province_of(user):
    """Return the province whose routes concern the officer; None for the ministry and for operators."""
    authority = user.authority
    while authority is not None and authority.level != AuthorityLevel.PROVINCE:
        authority = authority.parent
    return authority


def provinces():
    """Return the provincial-level authorities in use, for the choice of the ministry."""
    return Authority.objects.filter(level=AuthorityLevel.PROVINCE, is_active=True).order_by("code")


def nation():
    """Return the ministry, to which the routes of the whole nation belong."""
    return Authority.objects.get(level=AuthorityLevel.MINISTRY)


def route_rows(user):
    """Return the RouteRow of every kind: a province sees its own, the ministry and operators default and exceptions."""
    province, ministry = province_of(user), nation()
    routes = Route.objects.select_related("province").prefetch_related("steps").order_by("province__code")
    if province:
        routes = routes.filter(province__in=[province, ministry])
    found = defaultdict(dict)
    for route in routes:
        levels = levels_of(route)
        if levels:
            found[route.kind][route.province_id] = (route.province, levels)
    rows = []
    for kind in all_kinds():
        own = found[kind.code]
        _, default = own.pop(ministry.pk, (ministry, list(kind.default_levels)))
        if province is None:
            set_by_nation = default != list(kind.default_levels)
            rows.append(RouteRow(kind, ministry, default, set_by_nation, may_set_route(user, ministry)))
            rows += [RouteRow(kind, place, levels, True, may_set_route(user, place)) for place, levels in own.values()]
        else:
            _, levels = own.get(province.pk, (province, default))
            rows.append(RouteRow(kind, province, levels, province.pk in own, may_set_route(user, province)))
    return rows


@dataclass
class RouteView:
    """One route: its levels, whether they were set here, what holds without, its newest changes."""

    kind: object
    authority: object
    levels: list
    default: list
    is_own: bool
    changes: list = field(default_factory=list)


def route_of(kind, authority):
    """Return the RouteView of a kind for a province or (the ministry) the nation; four queries."""
    routes = Route.objects.filter(kind=kind.code, province__in=[authority.pk, authority.parent_id or authority.pk])
    found = {route.province_id: levels_of(route) for route in routes.prefetch_related("steps")}
    own = found.get(authority.pk)
    default = (found.get(authority.parent_id) if authority.parent_id else None) or list(kind.default_levels)
    changes = Route.history.filter(kind=kind.code, province=authority).select_related("history_user")
    return RouteView(
        kind, authority, own or default, default, bool(own), list(changes.order_by("-history_id")[:CHANGES_SHOWN])
    )


def _below(authority):
    """Return the authorities in use of a province's tree (or of the nation's), itself included."""
    own = Q(pk=authority.pk) | Q(parent=authority.pk) | Q(parent__parent=authority.pk)
    rows = Authority.objects.filter(is_active=True)
    return rows if authority.level == AuthorityLevel.MINISTRY else rows.filter(own)


def examples(levels, authority):
    """Return ["示例：玄武区企业 → 南京市… → 江苏省…"] for a place with a county authority and for one without."""
    leaves = Region.objects.filter(is_leaf=True, authority__in=_below(authority)).order_by("code")
    found = []
    for level in (AuthorityLevel.COUNTY, AuthorityLevel.CITY):
        rows = leaves.filter(authority__level=level).select_related("authority__parent__parent__parent")
        region = rows.first()
        if region is not None:
            known = authorities_of(region)
            names = [known[level].name for level in levels if level in known]
            found.append(f"示例：{region.name}企业{ARROW}{ARROW.join(names) if names else '没有审核部门'}")
    return found


def warnings(levels, authority):
    """Return sentences on levels without authorities, and on authorities without an officer who may decide."""
    deciding = User.objects.filter(
        authority=OuterRef("pk"), kind=UserKind.OFFICER, is_active=True,
        role__in=[OfficerRole.REVIEWER, OfficerRole.MANAGER],
    )  # fmt: skip
    tree = _below(authority) | Authority.objects.filter(level=AuthorityLevel.MINISTRY)
    rows = tree.filter(level__in=levels).annotate(is_manned=Exists(deciding)).order_by("code")
    by_level = defaultdict(list)
    for level, name, is_manned in rows.values_list("level", "short_name", "is_manned"):
        by_level[level].append((name, is_manned))
    found = []
    for level in levels:
        there = by_level[level]
        if not there:
            found.append(f"本地区没有{level.label}主管部门，{level.label}这一步会被跳过。")
            continue
        empty = [name for name, is_manned in there if not is_manned]
        if empty:
            more = f" 等 {len(empty)} 个" if len(empty) > NAMED else ""
            found.append(
                f"{level.label}有 {len(empty)} 个部门没有可以办理审核的人员：{'、'.join(empty[:NAMED])}{more}。"
                "申报件到达后会无人办理，请先在【主管部门人员】中添加。"
            )
    return found


def under_way(kind, authority):
    """Return how many filings of a province are in review and keep their steps, as text; "" for the nation."""
    if authority.level == AuthorityLevel.MINISTRY:
        return ""
    rows = Filing.objects.filter(kind=kind.code, province=authority, state=State.IN_REVIEW)
    count = rows[: COUNT_CAP + 1].count()
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)
