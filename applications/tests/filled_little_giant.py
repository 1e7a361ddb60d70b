"""A complete 专精特新“小巨人”企业申请书 for tests, by edition: answers that pass every rule and meet the standard."""
from applications.forms.little_giant import EDITIONS
from applications.tests import filled_tiers as shared

KIND = "little_giant_application"
PERIOD = shared.PERIOD
CURRENT = "little_giant-2026"

_REFINEMENT = {
    "core_systems": "rd_design,manufacturing",
    "core_systems_other": "",
    "management_certificates": "iso9000,iso14000",
    "management_certificates_other": "",
    "product_certificates": "ul",
    "product_certificates_other": "",
    "quality_level": "iso9001",
}
_DISTINCTION = {
    "market_share": "12.5",
    "market_standing": "yes",
    "market_note": "按行业协会公布的市场规模和本企业销售额测算。",
    "own_brands": "2",
    "own_brand_revenue": "7000",
}
_COMMON = shared.SHARED | {
    "chain": shared.BONUS | {
        "chain_name": "智能矿山装备产业链",
        "chain_key_link": "yes",
        "chain_role_note": "主导产品填补了矿山智能控制环节的空白。",
        "direct_support": "yes",
        "direct_support_names": "测试重型机械集团有限公司",
    },
    "product": {
        "main_product": "矿山开采成套控制系统",
        "main_product_category": "3511 矿山专用设备",
        "strategic_field": "six_bases",
        "six_bases": "components",
    },
    "other": shared.OTHER | {
        "holds_specialized": "yes", "specialized_number": "测试〔2024〕2号", "specialized_until": "2099-12-31",
    },
}  # fmt: skip
_ANSWERS = {
    "little_giant-2022": _COMMON | {
        "refinement": _REFINEMENT | {"governance": "yes", "governance_note": "制定了五年发展战略，治理规范。"},
        "distinction": _DISTINCTION | {"own_brand": "yes"},
        "innovation": shared.INNOVATION | {"maker_china_50": "no"},
    },
    "little_giant-2026": _COMMON | {
        "refinement": _REFINEMENT,
        "distinction": _DISTINCTION | {"market_share_scope": "domestic", "market_rank": "2"},
        "innovation": shared.INNOVATION,
    },
}  # fmt: skip
#: {edition: what an enterprise types, besides what is prefilled}.
TYPED_BY_EDITION = {code: shared.only_asked(EDITIONS[code], values) for code, values in _ANSWERS.items()}
TYPED = TYPED_BY_EDITION[CURRENT]
#: Slots that these answers ask files for, in either edition; for domestic patents no certificate is asked.
REQUIRED_SLOTS = (
    *shared.SHARED_SLOTS,
    "evidence.audit_y3",
    "evidence.credit",
    "refinement.system_files",
    "refinement.management_files",
    "distinction.brand_files",
    "chain.support_files",
    "other.specialized_files",
)
SLOTS_BY_EDITION = dict.fromkeys(TYPED_BY_EDITION, REQUIRED_SLOTS)


def make_draft(enterprise=None, *, values=None, evidence=False, region="320102", kind=KIND):
    """Return a new draft of ``enterprise`` (or a new one) with ``values`` typed in and, on wish, all evidence."""
    return shared.make_draft(kind, values, REQUIRED_SLOTS, enterprise, region=region, evidence=evidence)


def make_complete_draft(enterprise=None, **options):
    """Return a draft that can be submitted as it is."""
    return make_draft(enterprise, values=TYPED, evidence=True, **options)


def make_submitted(enterprise=None, **options):
    """Return a filing in review on its first desk."""
    return shared.submitted(make_complete_draft(enterprise, **options))
