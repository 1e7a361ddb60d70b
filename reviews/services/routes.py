"""Which authorities review a filing, in which order (审核链)."""
from accounts.enums import AuthorityLevel
from portal.tools.errors import Refused
from reviews.enums import StepSide
from reviews.kinds import Level
from reviews.models import Route


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
    """Return the levels of the route for a kind in a province: the administrator's row, else the kind's default."""
    steps = [
        Level(AuthorityLevel(step.level), StepSide(step.side))
        for route in Route.objects.filter(kind=kind.code, province=province).prefetch_related("steps")
        for step in route.steps.all()
    ]
    return steps or list(kind.default_levels)


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
