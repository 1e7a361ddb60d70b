"""Reads of 公示公告 and 申报开放时间 for the desk."""
from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.enums import AuthorityLevel
from accounts.models import Authority
from reviews.enums import ObjectionState, PublicityState, State
from reviews.kinds import get_kind
from reviews.models import Filing, Objection, PublicityEntry, PublicityList, Window


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


def waiting_filings(*, authority, kind_code, window_id=None, area_id=None):
    """Return the approved filings that wait for this authority's publicity and stand on no list.

    ``window_id`` narrows to one window (申报批次), ``area_id`` to a city of the province or a province of the nation.
    """
    kind = get_kind(kind_code)
    filings = Filing.objects.filter(kind=kind_code, state=State.APPROVED)
    if kind.publisher_level != authority.level:
        return filings.none()
    if authority.level != AuthorityLevel.MINISTRY:
        filings = filings.filter(province=authority)
    if window_id:
        filings = filings.filter(window=window_id)
    if area_id:
        filings = filings.filter(**{_area_column(authority): area_id})
    listed = PublicityEntry.objects.filter(filing=OuterRef("pk"), taken_out_at__isnull=True)
    return filings.filter(~Exists(listed)).order_by("province__code", "city__code", "id")


def _area_column(authority):
    return "province" if authority.level == AuthorityLevel.MINISTRY else "city"


def waiting_choices(authority, kind_codes):
    """Return what can be chosen for a new list: counts by kind, windows and areas with waiting filings.

    {"kinds": {code: count}, "windows": [(Window, count)], "areas": [(Authority, count)]}; two queries and one per kind.
    """
    kinds, windows, areas = defaultdict(int), defaultdict(int), defaultdict(int)
    for code in kind_codes:
        rows = waiting_filings(authority=authority, kind_code=code).order_by()
        for window, area, count in rows.values_list("window", _area_column(authority)).annotate(count=Count("pk")):
            kinds[code] += count
            windows[window] += count
            areas[area] += count
    found = Window.objects.filter(pk__in=[pk for pk in windows if pk]).select_related("authority")
    places = Authority.objects.filter(pk__in=[pk for pk in areas if pk]).order_by("code")
    return {
        "kinds": kinds,
        "windows": [(window, windows[window.pk]) for window in found.order_by("-opens_at", "kind")],
        "areas": [(place, areas[place.pk]) for place in places],
    }


#: The columns of a list on paper and in Excel; officers see what became of each enterprise as well.
PUBLIC_COLUMNS = ("序号", "企业名称", "统一社会信用代码", "所在地")
OFFICER_COLUMNS = (*PUBLIC_COLUMNS, "状态", "移出日期", "移出原因")


def list_columns(public):
    """Return the headings of ``list_rows``."""
    return PUBLIC_COLUMNS if public else OFFICER_COLUMNS


def list_rows(publicity, *, public):
    """Return the rows of a list as tuples: for the public without those taken out, for officers with them, marked."""
    entries = PublicityEntry.objects.filter(publicity=publicity).order_by("position")
    columns = ("position", "enterprise_name", "uscc", "area")
    if public:
        return list(entries.filter(taken_out_at__isnull=True).values_list(*columns))
    rows = entries.values_list(*columns, "filing__state", "taken_out_at", "reason")
    return [
        (*row[:4], "已移出", f"{timezone.localdate(row[5]):%Y-%m-%d}", row[6])
        if row[5]
        else (*row[:4], State(row[4]).label, "", "")
        for row in rows
    ]


def objections_of(user, publicity):
    """Return the objections to a list: for officers of the authority that publishes it, nobody else."""
    if not (user.is_active and user.is_officer and user.authority_id == publicity.authority_id):
        return Objection.objects.none()
    rows = Objection.objects.filter(entry__publicity=publicity).select_related("entry", "recorded_by", "answered_by")
    return rows.order_by("-id")
