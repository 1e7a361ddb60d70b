"""专精特新“小巨人”企业: 申报 and 复核."""
from accounts.enums import AuthorityLevel
from applications.enums import Tier
from applications.forms.little_giant import EDITIONS, RENEWAL_EDITIONS
from applications.forms.little_giant.paper import PAPER
from applications.kinds.evaluated import EvaluatedKind
from reviews.kinds import Level


class LittleGiantApplication(EvaluatedKind):
    """City, province, ministry; opened, publicised and recognised by the ministry (domain.md §1.4, manual Q6).

    Besides the desk the province may return it at any step (manual §2).
    """

    code = "little_giant_application"
    title = "专精特新“小巨人”企业申报"
    document_title = "专精特新“小巨人”企业申请书"
    prefix = "XJ"
    tier = Tier.LITTLE_GIANT.value
    tier_title = Tier.LITTLE_GIANT.label
    province_may_return = True
    default_levels = (Level(AuthorityLevel.CITY), Level(AuthorityLevel.PROVINCE), Level(AuthorityLevel.MINISTRY))
    publisher_level = AuthorityLevel.MINISTRY
    opened_by = (AuthorityLevel.MINISTRY,)
    document_layout = PAPER
    editions = EDITIONS
    edition_by_standard = {"little_giant_2022": "little_giant-2022", "little_giant_2026": "little_giant-2026"}


class LittleGiantRenewal(LittleGiantApplication):
    """The same form with the present title; 满足复核条件 is set by the province (manual §4)."""

    code = "little_giant_renewal"
    title = "专精特新“小巨人”企业复核"
    document_title = "专精特新“小巨人”企业申请书（复核）"
    prefix = "XJF"
    is_renewal = True
    editions = RENEWAL_EDITIONS
