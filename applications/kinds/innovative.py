"""创新型中小企业申报."""
from applications.enums import Tier
from applications.forms.innovative import EDITION
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
