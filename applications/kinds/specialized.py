"""专精特新中小企业: 申报 and 复核."""
from applications.enums import Tier
from applications.forms.specialized import EDITIONS, RENEWAL_EDITIONS
from applications.forms.specialized.paper import PAPER
from applications.kinds.evaluated import EvaluatedKind


class SpecializedApplication(EvaluatedKind):
    """City, then province; the province publicises and recognises (domain.md §1.4, §2.2)."""

    code = "specialized_application"
    title = "专精特新中小企业申报"
    document_title = "专精特新中小企业自评表"
    prefix = "ZJ"
    tier = Tier.SPECIALIZED.value
    tier_title = Tier.SPECIALIZED.label
    document_layout = PAPER
    editions = EDITIONS
    edition_by_standard = {"specialized_2022": "specialized-2022", "specialized_2026": "specialized-2026"}


class SpecializedRenewal(SpecializedApplication):
    """The same form with the present title, reviewed by those who recognised it (domain.md §1.4)."""

    code = "specialized_renewal"
    title = "专精特新中小企业复核"
    document_title = "专精特新中小企业自评表（复核）"
    prefix = "ZJF"
    is_renewal = True
    editions = RENEWAL_EDITIONS
