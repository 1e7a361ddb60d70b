"""改派: an overseer moves a filing to another desk when an authority has changed, with a reason that stays."""
from django.db import transaction

from accounts.enums import AuthorityLevel
from accounts.models import Authority, Region, User
from portal.tools.errors import NotPermitted, Refused
from reviews.enums import Action, State
from reviews.models import Filing, FilingStep
from reviews.services.transition import apply_transition

#: The column of a filing that names the authority of a level.
_COLUMNS = {AuthorityLevel.CITY: "city", AuthorityLevel.COUNTY: "county"}


def reroute(*, filing_id, user, seen_version, authority_id, comment):
    """Put the present step of a filing on another authority's desk.

    The other authority must be of the same level and lie in the same province; it takes the place of the present one
    in the filing's origin as well, so that it goes on seeing the filing. Raises Refused, and as apply_transition.
    """
    target = Authority.objects.filter(pk=authority_id, is_active=True).select_related("parent__parent").first()
    if target is None:
        raise Refused("所选部门不存在或已停用，请重新选择。", code="no_authority", status=422)

    def prepare(filing, moment):
        present = filing.desk
        if target.pk == present.pk:
            raise Refused(f"这件申报已经在{target.name}，不需要改派。", code="same_desk", status=422)
        if target.level != present.level:
            raise Refused(
                f"{target.name}是{target.get_level_display()}部门，当前审核部门{present.name}是{present.get_level_display()}部门；"
                "只能改派到同一层级的部门，请重新选择。",
                code="other_level",
                status=422,
            )
        if filing.province_id not in {target.pk, *_above(target)}:
            raise Refused(f"{target.name}不属于这件申报所在的省级辖区，不能改派。", code="other_province", status=422)
        filing.steps.filter(round=filing.round, position=filing.step).update(authority=target)
        column = _COLUMNS.get(target.level)
        if column and getattr(filing, f"{column}_id") == present.pk:
            setattr(filing, column, target)

    return apply_transition(
        filing_id=filing_id, action=Action.REROUTE, user=user, seen_version=seen_version, comment=comment,
        prepare=prepare,
    )


@transaction.atomic
def merge_authority(*, user, source_id, target_id, reason):
    """An authority has gone into another: its desks, coming steps, area and people follow; it is used no more.

    Every filing under way gets a 改派 event with the reason. Returns how many were moved. Merging twice changes
    nothing. Raises NotPermitted unless a manager of the province above both (or the ministry) asks, Refused when the
    two are not of one level and province.
    """
    locked = Authority.objects.select_for_update(of=("self",)).filter(pk__in=[source_id, target_id])
    rows = {row.pk: row for row in locked}
    source, target = rows.get(source_id), rows.get(target_id)
    if source is None or target is None or source_id == target_id:
        raise Refused("请选择两个不同的主管部门。", code="no_authority", status=422)
    if source.merged_into_id == target.pk:
        return 0
    if not reason.strip():
        raise Refused("请填写并入的依据，例如机构改革文件名称和文号。", code="comment_required", status=422)
    _check_pair(user, source, target)
    moved = 0
    waiting = Filing.objects.filter(desk=source, state=State.IN_REVIEW).order_by("pk").values_list("pk", "version")
    for filing_id, version in list(waiting):
        reroute(
            filing_id=filing_id, user=user, seen_version=version, authority_id=target.pk,
            comment=f"{source.name}并入{target.name}：{reason.strip()}",
        )
        moved += 1
    FilingStep.objects.filter(authority=source, outcome="", decided_at__isnull=True).update(authority=target)
    for column in ("city", "county"):
        Filing.objects.filter(**{column: source}).update(**{column: target})
    Region.objects.filter(authority=source).update(authority=target)
    for child in Authority.objects.filter(parent=source):
        child.parent = target
        child.save(update_fields=["parent"])
    for officer in User.objects.filter(authority=source):
        officer.authority = target
        officer.save(update_fields=["authority"])
    source.is_active = False
    source.merged_into = target
    source.save(update_fields=["is_active", "merged_into"])
    return moved


def _check_pair(user, source, target):
    if not target.is_active or source.merged_into_id:
        raise Refused("被并入的部门或目标部门已经停用，请刷新后重新选择。", code="not_active", status=422)
    if source.level != target.level or source.level not in _COLUMNS:
        raise Refused("只有同一层级的市级或县级部门可以合并，请重新选择。", code="other_level", status=422)
    shared = set(_above(source)) & set(_above(target))
    if not (user.may_publish and user.authority_id in shared):
        raise NotPermitted("只有两个部门共同的上级（“审核与发布”角色）可以办理并入。")


def _above(authority):
    """Yield the ids of the authorities above this one."""
    parent = authority.parent
    while parent is not None:
        yield parent.pk
        parent = parent.parent
