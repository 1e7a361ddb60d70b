"""办理日志: what authorities of the reader's jurisdiction have decided, newest first, page by page by keyset."""
import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.models import Authority, User
from accounts.queries.officers import jurisdiction
from portal.tools.text import narrow, tidy
from reviews.enums import Action
from reviews.models import ReviewEvent

PER_PAGE = 50
#: What officers do; submitting and withdrawing are the enterprise's.
ACTIONS = [(action.value, action.label) for action in Action if action not in (Action.SUBMIT, Action.WITHDRAW)]


@dataclass
class HandlingLog:
    """A page of the log: its rows, the id from which the next page goes on (0: none), and what the filters offer."""

    rows: list
    following: int
    authorities: list
    values: dict
    problems: list


def handling_log(user, given):
    """Return the HandlingLog for an officer; ``given`` are the parameters of the address.

    authority (id), action, officer (login name), from and to (days), before (id of the keyset). An unknown authority,
    action or officer finds nothing; a day that cannot be read is named in ``problems`` and left out.
    """
    offered = _offered(user)
    names = ("authority", "action", "officer", "from", "to")
    values = {name: tidy(narrow(given.get(name, "")))[:40] for name in names}
    problems = []
    rows = ReviewEvent.objects.filter(_by(user, values, offered), action__in=dict(ACTIONS))
    if values["action"]:
        rows = rows.filter(action=values["action"])
    if values["officer"]:
        actor = User.objects.filter(login_name=values["officer"]).values_list("pk", flat=True).first()
        rows = rows.filter(actor=actor) if actor else rows.none()
    for name, label, lookup, more in (("from", "开始日期", "at__gte", 0), ("to", "结束日期", "at__lt", 1)):
        if values[name]:
            day = _day(values[name])
            if day is None:
                problems.append(f"{label}填写的是“{values[name]}”，应为“年-月-日”，例如 2026-08-01；这个条件没有生效。")
            else:
                start = datetime.datetime.combine(day + datetime.timedelta(days=more), datetime.time())
                rows = rows.filter(**{lookup: timezone.make_aware(start)})
    before = _number(given.get("before", ""))
    rows = rows.filter(pk__lt=before) if before else rows
    related = rows.select_related("authority", "filing", "actor").defer("filing__answers")
    found = list(related.order_by("-pk")[: PER_PAGE + 1])
    following = found[PER_PAGE - 1].pk if len(found) > PER_PAGE else 0
    return HandlingLog(found[:PER_PAGE], following, offered, values, problems)


def _offered(user):
    """Return [(id as text, name)] of the own authority and those right below it."""
    near = Authority.objects.filter(Q(pk=user.authority_id) | Q(parent=user.authority_id)).order_by("level", "code")
    rows = [(str(pk), name) for pk, name in near.values_list("pk", "short_name")]
    return sorted(rows, key=lambda row: row[0] != str(user.authority_id))


def _by(user, values, offered):
    """Return the condition on who decided: one authority, or any of the jurisdiction."""
    if values["authority"]:
        return Q(authority=int(values["authority"])) if values["authority"] in dict(offered) else Q(pk__in=[])
    return Q(authority__in=jurisdiction(user))


def _day(text):
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1990 <= day.year <= 2200 else None


def _number(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
