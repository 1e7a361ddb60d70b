"""The registry of filing kinds: reviews knows what can be filed only through it (design.md §4).

applications, updates and changes register one ``FilingKind`` each at start-up (AppConfig.ready).
"""
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from accounts.enums import AuthorityLevel
from reviews.enums import StepSide


@dataclass(frozen=True)
class Blocker:
    """A reason why an enterprise may not open or submit a filing of a kind, and the link that fixes it."""

    code: str
    reason: str
    link: str = ""
    link_label: str = ""


@dataclass(frozen=True)
class Problem:
    """A rule that the answers break, shown at the field and in the error summary.

    ``anchor`` is the id of the element on the fill-in page that the summary links to.
    """

    section: str
    field: str
    label: str
    message: str
    anchor: str = ""


@dataclass(frozen=True)
class Description:
    """What a snapshot says of a filing's content; see docs/snapshot.md for the shape of both parts."""

    sections: list
    assessment: dict | None = None
    evidence_labels: dict = field(default_factory=dict)
    warnings: list = field(default_factory=list)


@dataclass(frozen=True)
class Level:
    """One level of a route: an authority level on one side."""

    level: AuthorityLevel
    side: StepSide = StepSide.ORIGIN


class FilingKind(ABC):
    """Everything that differs between one kind of filing and another."""

    code: str
    title: str  # 创新型中小企业申报
    document_title: str  # 创新型中小企业自评表
    prefix: str  # of the filing number
    tier: str = ""
    tier_title: str = ""
    is_renewal: bool = False
    is_publicised: bool = True
    may_withdraw: bool = False
    province_may_return: bool = False
    default_levels: tuple[Level, ...] = (Level(AuthorityLevel.CITY), Level(AuthorityLevel.PROVINCE))
    #: The reviews.documents.layout.PaperLayout of the form document; None prints the sections one after the other.
    document_layout = None
    #: The template of what the enterprise sees of a filing, included with ``filing``, read-only; "" when it has none.
    enterprise_template: str = ""
    #: The level that publicises and announces.
    publisher_level: AuthorityLevel = AuthorityLevel.PROVINCE
    #: The levels whose windows open the kind: a province its own area, the ministry the nation (manual Q6).
    opened_by: tuple[AuthorityLevel, ...] = (AuthorityLevel.PROVINCE, AuthorityLevel.MINISTRY)
    #: Figures that an export may show: (key of the row of a years table, label, unit); the newest year counts.
    exported_figures: tuple[tuple[str, str, str], ...] = ()

    @abstractmethod
    def edition(self, moment):
        """Return the code of the form edition for a filing opened at ``moment``."""

    @abstractmethod
    def blockers(self, enterprise, moment):
        """Return the list of Blocker that keep ``enterprise`` (or None) from opening a filing now.

        The window is not among them: reviews checks it for every kind.
        """

    @abstractmethod
    def prefill(self, enterprise, moment):
        """Return the answers a new draft starts with."""

    @abstractmethod
    def problems(self, filing):
        """Return the list of Problem that keep the answers from being submitted."""

    @abstractmethod
    def registered_region(self, filing):
        """Return the Region (企业注册地) that the answers name, or None."""

    @abstractmethod
    def enterprise_name(self, filing):
        """Return the enterprise name that the answers carry."""

    @abstractmethod
    def describe(self, filing):
        """Return the Description of the answers for a snapshot."""

    @abstractmethod
    def edit_url(self, filing):
        """Return the path of the page where the enterprise edits the filing."""

    def page_url(self, filing):
        """Return the path of the page where the enterprise follows the filing; messages link to it."""
        return self.edit_url(filing)

    def on_submitted(self, filing):
        """Carry out what a submission brings; ``filing.snapshot`` is its new one. Runs inside the transaction."""

    def industry_section(self, filing):
        """Return the letter of the 行业门类 that the answers name, or "" when there is none."""
        return ""

    def cross_checks(self, filing, payload):
        """Return what looks odd in a submission, for officers: entries as docs/snapshot.md says of ``cross_checks``."""
        return []

    def desk_panels(self, filing):
        """Return [(key, title, template, context)] of further parts of the officers' page of a filing."""
        return []

    def on_approved(self, filing):
        """Carry out what the last approval brings (kinds without publicity). Runs inside the transaction."""

    def on_recognised(self, filing, announcement):
        """Carry out what the announcement brings. Runs inside the transaction."""
        raise NotImplementedError(f"{self.code} is publicised but says not what recognition brings")


_kinds = {}


def register(kind):
    """Add a kind at start-up. Raises ValueError for a code that is taken by another class."""
    known = _kinds.get(kind.code)
    if known is not None and type(known) is not type(kind):
        raise ValueError(f"the kind {kind.code} is registered already")
    _kinds[kind.code] = kind
    return kind


def get_kind(code):
    """Return the kind with this code. Raises KeyError."""
    return _kinds[code]


def all_kinds():
    """Return the registered kinds in the order of their registration."""
    return list(_kinds.values())


def kind_choices(opened_by=None):
    """Return (code, title) pairs for forms and filters; of those kinds only that a level opens (``opened_by``)."""
    return [
        (kind.code, kind.title) for kind in _kinds.values() if opened_by is None or opened_by in kind.opened_by
    ]
