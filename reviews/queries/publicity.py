"""Reads of 公示公告, 申报开放时间 and 审核链 for the desk."""
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.enums import AuthorityLevel
from reviews.enums import ObjectionState, PublicityState
from reviews.kinds import all_kinds
from reviews.models import Objection, PublicityEntry, PublicityList, Route


def authority_chain(user):
    """Return the ids of the officer's authority and of those above it; one query for each level above the parent."""
    chain, authority = [], user.authority
    while authority is not None:
        chain.append(authority.pk)
        authority = authority.parent
    return chain


def of_jurisdiction(rows, user):
    """Limit rows that belong to an ``authority`` to those an officer may read: his own, and those above him.

    The ministry reads all.
    """
    if user.authority.level == AuthorityLevel.MINISTRY:
        return rows
    return rows.filter(authority__in=authority_chain(user))


def lists_for(user):
    """Return the publicity lists that an officer may read: drafts are for the authority that makes them."""
    if not (user.is_authenticated and user.is_active and user.is_officer):
        return PublicityList.objects.none()
    seen = Q(authority=user.authority_id) | ~Q(state=PublicityState.DRAFT)
    return of_jurisdiction(PublicityList.objects.filter(seen), user)


def entries_of(publicity):
    """Return the entries of a list in their order, each with ``objections_made`` and ``objections_open``."""
    is_open = Q(objections__state=ObjectionState.OPEN)
    return (
        PublicityEntry.objects.filter(publicity=publicity)
        .select_related("filing")
        .annotate(objections_made=Count("objections"), objections_open=Count("objections", filter=is_open))
        .order_by("position")
    )


def objections_of(user, publicity):
    """Return the objections to a list: for officers of the authority that publishes it, nobody else."""
    if not (user.is_active and user.is_officer and user.authority_id == publicity.authority_id):
        return Objection.objects.none()
    rows = Objection.objects.filter(entry__publicity=publicity).select_related("entry", "recorded_by", "answered_by")
    return rows.order_by("-id")


@dataclass(frozen=True)
class RouteRow:
    """The levels for one kind in one province, or its default; ``province`` is "" for the default."""

    kind: object
    province: str
    levels: list
    is_own: bool


def route_rows(user):
    """Return the RouteRow of every kind: a province sees its own, the ministry and operators default and exceptions."""
    own = defaultdict(list)
    routes = Route.objects.select_related("province").prefetch_related("steps").order_by("province__code")
    province = _province_of(user)
    for route in routes.filter(province=province) if province else routes:
        steps = sorted(route.steps.all(), key=lambda step: step.position)
        levels = [AuthorityLevel(step.level).label for step in steps]
        own[route.kind].append((route.province.short_name, levels))
    rows = []
    for kind in all_kinds():
        default = [level.level.label for level in kind.default_levels]
        if province is None:
            rows.append(RouteRow(kind, "", default, False))
            rows += [RouteRow(kind, name, levels, True) for name, levels in own[kind.code]]
        elif own[kind.code]:
            rows += [RouteRow(kind, name, levels, True) for name, levels in own[kind.code]]
        else:
            rows.append(RouteRow(kind, province.short_name, default, False))
    return rows


def _province_of(user):
    """Return the province whose routes concern the officer; None for the ministry and for operators."""
    authority = user.authority
    while authority is not None and authority.level != AuthorityLevel.PROVINCE:
        authority = authority.parent
    return authority
