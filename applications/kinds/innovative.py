"""创新型中小企业: 申报 and 复核."""
from applications.enums import Tier
from applications.forms.innovative import EDITION, RENEWAL_EDITION
from applications.kinds.base import FormKind


class InnovativeApplication(FormKind):
    """City, then province; the province publicises and announces (domain.md §1.4)."""

    code = "innovative_application"
    title = "创新型中小企业申报"
    document_title = "创新型中小企业自评表"
    prefix = "CX"
    tier = Tier.INNOVATIVE.value
    tier_title = Tier.INNOVATIVE.label
    editions = {EDITION.code: EDITION}
    edition_by_standard = {"innovative_2022": EDITION.code}


class InnovativeRenewal(InnovativeApplication):
    """At expiry: the same form and route, three years more (domain.md §1.4)."""

    code = "innovative_renewal"
    title = "创新型中小企业复核"
    document_title = "创新型中小企业自评表（复核）"
    prefix = "CXF"
    is_renewal = True
    editions = {RENEWAL_EDITION.code: RENEWAL_EDITION}
    edition_by_standard = {"innovative_2022": RENEWAL_EDITION.code}
