"""Which authorities review a filing, in which order (审核链), and the writes of officers who set it."""
from django.db import transaction

from accounts.enums import AuthorityLevel
from accounts.models import Authority
from portal.tools.errors import NotPermitted, Refused, StaleVersion
from reviews.enums import StepSide
from reviews.kinds import Level, get_kind
from reviews.models import Route, RouteStep

#: From the first desk to the last.
ORDER = [AuthorityLevel.COUNTY, AuthorityLevel.CITY, AuthorityLevel.PROVINCE, AuthorityLevel.MINISTRY]
ARROW = " → "
RESET = "恢复默认"


def authorities_of(region):
    """Return {level: Authority} on the way from the region's authority up to the ministry.

    The authority tree has one node per level on each path; a municipality's district is the CITY level
    (accounts.enums.AuthorityLevel). At most three reads.
    """
    found = {}
    authority = region.authority
    while authority is not None:
        found[AuthorityLevel(authority.level)] = authority
        authority = authority.parent
    return found


def levels_for(kind, province):
    """Return the levels of the route for a kind in a province: its own row, else the nation's, else the kind's default.

    The row of the nation is the one that belongs to the ministry.
    """
    routes = Route.objects.filter(kind=kind.code, province__in=[province.pk, province.parent_id])
    found = {route.province_id: route for route in routes.prefetch_related("steps")}
    route = found.get(province.pk) or found.get(province.parent_id)
    return (levels_of(route) if route else []) or list(kind.default_levels)


def levels_of(route):
    """Return the levels of a route, first to last; its steps are prefetched where many are read."""
    return [Level(AuthorityLevel(step.level), StepSide(step.side)) for step in route.steps.all()]


def resolve_route(kind, region):
    """Return the list of authorities that will review a filing of ``kind`` from ``region``, first to last.

    A level without an authority on this path (a city without counties) is passed over. Raises Refused when nothing
    is left, because a filing without a desk would be lost.
    """
    authorities = authorities_of(region)
    province = authorities.get(AuthorityLevel.PROVINCE)
    if province is None:
        raise Refused(f"企业注册地“{region.full_name}”没有对应的主管部门，请核对企业注册地后重试。", code="no_authority")
    route = [authorities[step.level] for step in levels_for(kind, province) if step.level in authorities]
    if not route:
        raise Refused(
            f"“{kind.title}”在{province.short_name}没有可用的审核部门，请联系{province.name}。", code="no_route"
        )
    return route


def may_set_route(user, authority):
    """Tell whether the account sets routes of a province (or, for the ministry's row, of the nation).

    Managers (审核与发布): a province its own, the ministry the nation's and every province's.
    """
    if not (user.is_authenticated and user.may_publish):
        return False
    if authority.level not in (AuthorityLevel.PROVINCE, AuthorityLevel.MINISTRY):
        return False
    return user.authority.level == AuthorityLevel.MINISTRY or user.authority_id == authority.pk


def is_fixed(kind):
    """Tell whether the route follows from the matter itself: a relocation passes both sides (design.md §4)."""
    return any(level.side == StepSide.DESTINATION for level in kind.default_levels)


def in_words(levels):
    """Return levels in words: 市级 → 省级; the side stands beside it where there are two."""
    two_sides = any(level.side == StepSide.DESTINATION for level in levels)
    return ARROW.join(f"{level.side.label}{level.level.label}" if two_sides else level.level.label for level in levels)


def check_levels(kind, levels):
    """Raise Refused unless filings of ``kind`` can go through ``levels`` (AuthorityLevel, first to last)."""
    label = "审核层级"
    if is_fixed(kind):
        raise _refused(f"“{kind.title}”由迁出地和迁入地双方审核，审核链不能修改。", "fixed")
    if not levels:
        raise _refused(f"{label}：没有选择任何一级，申报件会无人审核。请至少选择一级。", "no_level")
    if len(set(levels)) < len(levels) or sorted(levels, key=ORDER.index) != list(levels):
        shown = ARROW.join(AuthorityLevel(level).label for level in levels)
        raise _refused(f"{label}：“{shown}”的顺序不对，应由下级到上级、每级一次。请调整后重试。", "order")
    last = AuthorityLevel(levels[-1])
    if kind.is_publicised and last != kind.publisher_level:
        raise _refused(
            f"{label}：“{kind.title}”由{kind.publisher_level.label}公示公告，最后一级须为{kind.publisher_level.label}，"
            f"现在是{last.label}。请改正。",
            "last",
        )
    if kind.publisher_level == AuthorityLevel.MINISTRY and AuthorityLevel.PROVINCE not in levels:
        raise _refused(f"{label}：“{kind.title}”须经省级初核推荐后报部级，请选择省级。", "province")


def _refused(sentence, code):
    return Refused(sentence, code=code, status=422)


def last_change(kind, authority):
    """Return the number of the newest change of a route, 0 without any: what a page has seen."""
    rows = Route.history.filter(kind=kind.code, province=authority)
    return rows.order_by("-history_id").values_list("history_id", flat=True).first() or 0


@transaction.atomic
def set_route(*, user, kind_code, authority_id, levels, seen=None):
    """Let filings of a kind pass ``levels`` (AuthorityLevel or their values) from now on; return the Route.

    ``authority_id`` is a province or, for the nation, the ministry. Filings under way keep their steps; what is
    submitted again takes the new route. The same levels again change nothing. ``seen`` is what last_change gave when
    the page was opened. Raises NotPermitted, Refused for levels that cannot be, StaleVersion.
    """
    kind, authority = get_kind(kind_code), _locked(user, authority_id)
    levels = [_level(value) for value in levels]
    check_levels(kind, levels)
    route = Route.objects.filter(kind=kind.code, province=authority).first()
    if route and [step.level for step in levels_of(route)] == levels:
        return route
    _require_fresh(kind, authority, seen)
    route = route or Route(kind=kind.code, province=authority)
    _sign(route, user, ARROW.join(level.label for level in levels))
    route.save()
    route.steps.all().delete()
    for position, level in enumerate(levels, start=1):
        RouteStep.objects.create(route=route, position=position, level=level)
    return route


@transaction.atomic
def reset_route(*, user, kind_code, authority_id, seen=None):
    """Take the row of a province (or of the nation) away: the default holds again. Return whether there was one.

    Raises NotPermitted, StaleVersion.
    """
    kind, authority = get_kind(kind_code), _locked(user, authority_id)
    route = Route.objects.filter(kind=kind.code, province=authority).first()
    if route is None:
        return False
    _require_fresh(kind, authority, seen)
    _sign(route, user, RESET)
    route.delete()
    return True


def _locked(user, authority_id):
    """Return the authority, locked: two changes of the same route wait for each other. Raises NotPermitted."""
    authority = Authority.objects.select_for_update().filter(pk=authority_id).first()
    if authority is None or not may_set_route(user, authority):
        raise NotPermitted("审核链由省级“审核与发布”人员为本地区设置，全国默认由部级“审核与发布”人员设置。")
    return authority


def _level(value):
    try:
        return AuthorityLevel(value)
    except ValueError as error:
        raise _refused(f"审核层级：没有“{value}”这一级，请重新选择。", "level") from error


def _require_fresh(kind, authority, seen):
    if seen is not None and seen != last_change(kind, authority):
        raise StaleVersion("打开页面后，这条审核链刚刚被其他人修改过，您的修改没有保存。请核对现在的审核链后重试。")


def _sign(route, user, words):
    """Say in the history who changed the route, and to what."""
    route._history_user = user
    route._change_reason = words
