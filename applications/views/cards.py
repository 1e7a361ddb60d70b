"""What the enterprise can do about each kind now: the cards of 企业申报管理, 企业复核管理 and 企业主页."""
from dataclasses import dataclass

from django.utils import timezone

from applications.kinds.base import FormKind
from applications.queries import open_filings_by_kind
from reviews.kinds import all_kinds
from reviews.services.windows import closed_sentence, windows_of

#: Blockers that the enterprise can remove in time for the window.
_SOON_REMOVED = {"basic_info_missing", "assessment_missing"}
#: 企业主页 speaks of a renewal from so many days before the title ends.
RENEWAL_NEAR = 180


@dataclass(frozen=True)
class KindCard:
    """One kind. Either ``filing`` is under way, or ``blocker`` or ``closed`` says why none can be opened, or it can.

    ``title`` is the recognition that a renewal renews, ``eligibility`` the province's word for it, ``days_left`` the
    days until the title ends (negative when it is over).
    """

    kind: object
    filing: object = None
    blocker: object = None
    window: object = None
    closed: str = ""
    warning: str = ""
    title: object = None
    eligibility: object = None
    days_left: int | None = None

    @property
    def may_start(self):
        """Whether 【申报】 or 【复核】 opens a draft now; without basic information it explains what to do first."""
        return not (self.filing or self.closed) and (self.blocker is None or self.blocker.code == "basic_info_missing")

    @property
    def is_news(self):
        """Whether 企业主页 has a line for it: something can be begun, or a renewal is near."""
        if self.filing:
            return False
        if self.kind.is_renewal:
            return self.eligibility is not None or self.days_left <= RENEWAL_NEAR
        return self.blocker is None or self.blocker.code != "already_recognised"

    @property
    def days_over(self):
        """Days since the title has ended."""
        return -self.days_left


def form_kinds(*, renewal):
    """Return the kinds with a sectioned form: renewals, or applications for a title."""
    return [kind for kind in all_kinds() if isinstance(kind, FormKind) and kind.is_renewal == renewal]


def application_cards(user, enterprise, standing):
    """Return a KindCard for every kind that can be applied for anew, in the order of the tiers."""
    return _cards(form_kinds(renewal=False), user, enterprise, standing)


def renewal_cards(user, enterprise, standing):
    """Return a KindCard for every tier in which the enterprise holds or held a title, highest first (复核路径)."""
    kinds = [kind for kind in form_kinds(renewal=True) if standing.last_title(kind.tier)]
    return _cards(kinds[::-1], user, enterprise, standing)


def all_cards(user, enterprise, standing):
    """Return the cards of both, in as many queries as one of them takes."""
    renewals = [kind for kind in form_kinds(renewal=True) if standing.last_title(kind.tier)]
    return _cards([*form_kinds(renewal=False), *renewals], user, enterprise, standing)


def _cards(kinds, user, enterprise, standing):
    moment = timezone.now()
    own = open_filings_by_kind(user)
    complete = enterprise is not None and enterprise.is_complete
    windows = windows_of(kinds, standing.province, moment) if complete else {}
    return [_card(kind, own.get(kind.code), enterprise, standing, windows.get(kind.code)) for kind in kinds]


def _card(kind, filing, enterprise, standing, windows):
    held = _held(kind, standing) if kind.is_renewal else {}
    if filing is not None:
        return KindCard(kind, filing=filing, **held)
    is_open, upcoming = windows or (None, None)
    blocker = next(iter(kind.blockers_by(enterprise, standing)), None)
    if blocker is not None:
        return KindCard(kind, blocker=blocker, window=is_open if blocker.code in _SOON_REMOVED else None, **held)
    return KindCard(
        kind,
        window=is_open,
        closed="" if is_open else closed_sentence(kind, standing.province, upcoming),
        warning=kind.warning(standing),
        **held,
    )


def _held(kind, standing):
    title = standing.last_title(kind.tier)
    left = (title.valid_until - standing.day).days
    return {"title": title, "eligibility": standing.eligibility(kind.tier), "days_left": left}
