"""What the enterprise does with a filing: open, save, submit, withdraw."""
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import AuthorityLevel
from portal.tools.errors import Invalid, NotPermitted, Refused, StaleVersion, WrongState
from reviews.enums import OPEN_STATES, Action, State
from reviews.kinds import get_kind
from reviews.models import Filing, FilingStep
from reviews.services import windows
from reviews.services.routes import authorities_of, resolve_route
from reviews.services.transition import apply_transition, lock_filing


def blockers_for(kind, enterprise, moment):
    """Return every Blocker for opening a filing of ``kind`` now: the kind's own."""
    return kind.blockers(enterprise, moment)


def open_filing(*, user, kind_code):
    """Return the enterprise's open filing of a kind, making a draft when there is none.

    Opening twice (a double click, two tabs) gives the same draft. Raises NotPermitted for other accounts, Refused
    with the first blocker's reason and link, or when no window is open.
    """
    kind = get_kind(kind_code)
    if not user.is_legal_person:
        raise NotPermitted("只有企业的法人账户可以申报。请用法人账户登录。")
    enterprise = getattr(user, "enterprise", None)
    moment = timezone.now()
    for blocker in blockers_for(kind, enterprise, moment):
        raise Refused(blocker.reason, code=blocker.code, link=blocker.link, link_label=blocker.link_label)
    own = Filing.objects.filter(enterprise=enterprise, kind=kind.code, state__in=OPEN_STATES)
    existing = own.order_by("-id").first()
    if existing:
        return existing
    province = authorities_of(enterprise.registered_region)[AuthorityLevel.PROVINCE]
    window = windows.require_open(kind, province, moment)
    try:
        with transaction.atomic():
            return Filing.objects.create(
                kind=kind.code,
                enterprise=enterprise,
                period=window.period,
                window=window,
                edition=kind.edition(moment),
                answers=kind.prefill(enterprise, moment),
                enterprise_name=enterprise.name,
                registered_region=enterprise.registered_region,
            )
    except IntegrityError:
        # The other click was faster: filing_one_open_per_kind_and_period.
        return Filing.objects.get(
            enterprise=enterprise, kind=kind.code, period=window.period, state__in=OPEN_STATES
        )


@transaction.atomic
def write_answers(*, filing_id, user, seen_version, change):
    """Let ``change(filing)`` alter the answers of a filing that its owner may edit, and count the version up.

    Writes no event: autosave leaves no history (design.md §6). Raises StaleVersion with the present row when another
    tab saved in between, WrongState when the filing is under review.
    """
    filing = lock_filing(filing_id)
    if not Filing.objects.for_owner(user).filter(pk=filing.pk).exists():
        raise NotPermitted("这件申报不属于您的企业，不能修改。")
    if not filing.is_editable:
        raise WrongState(
            f"这件申报的状态是“{filing.get_state_display()}”，不能修改。如需修改，请联系"
            f"{filing.desk.name if filing.desk_id else '主管部门'}退回。"
        )
    if filing.version != seen_version:
        raise StaleVersion(
            "这份申报表刚刚在另一个窗口保存过。您在本页填写的内容没有丢失，请比对后再保存。", current=filing
        )
    change(filing)
    kind = get_kind(filing.kind)
    filing.enterprise_name = kind.enterprise_name(filing) or filing.enterprise_name
    filing.registered_region = kind.registered_region(filing) or filing.registered_region
    filing.version += 1
    filing.save(
        update_fields=[
            "answers", "self_score", "verdict", "enterprise_name", "registered_region", "version", "updated_at"
        ]
    )
    return filing


def receiving_authority(filing):
    """Return the authority that will receive the filing when it is submitted now. Raises Refused without a region."""
    kind = get_kind(filing.kind)
    region = kind.registered_region(filing)
    if region is None:
        raise Refused("企业注册地尚未填写，系统无法确定由哪个主管部门审核。请先填写企业注册地。", code="no_region", status=422)
    return resolve_route(kind, region)[0]


def submit(*, filing_id, user, seen_version):
    """Submit a draft or a returned filing to the first desk of its route.

    The region that the answers name decides the route, also at a resubmission (design.md §4). A returned filing may
    be resubmitted after the window has closed (manual §2). Raises Invalid with every problem, Refused when the
    window is closed, StaleVersion, NotPermitted.
    """

    def prepare(filing, moment):
        kind = get_kind(filing.kind)
        problems = kind.problems(filing)
        if problems:
            raise Invalid(f"还有 {len(problems)} 处需要补充或改正，请逐项修改后再提交。", problems)
        region = kind.registered_region(filing)
        authorities = authorities_of(region)
        if filing.state == State.DRAFT:
            windows.require_open(kind, authorities[AuthorityLevel.PROVINCE], moment)
            filing.number = f"{kind.prefix}{filing.period}{filing.pk:08d}"
            filing.submitted_at = moment
        filing.registered_region = region
        filing.province = authorities[AuthorityLevel.PROVINCE]
        filing.city = authorities.get(AuthorityLevel.CITY)
        filing.county = authorities.get(AuthorityLevel.COUNTY)
        filing.round += 1
        filing.field_comments.filter(resolved_at__isnull=True).update(resolved_at=moment)
        FilingStep.objects.bulk_create(
            FilingStep(filing=filing, round=filing.round, position=position, authority=authority)
            for position, authority in enumerate(resolve_route(kind, region), start=1)
        )

    return apply_transition(
        filing_id=filing_id, action=Action.SUBMIT, user=user, seen_version=seen_version, prepare=prepare
    )


def withdraw(*, filing_id, user, seen_version):
    """Take a submitted filing back (only kinds that allow it, manual §3)."""
    return apply_transition(filing_id=filing_id, action=Action.WITHDRAW, user=user, seen_version=seen_version)
