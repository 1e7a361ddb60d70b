"""A complete 专精特新中小企业自评表 for tests, by edition: answers that pass every rule and meet the standard."""
from applications.forms.specialized import EDITIONS
from applications.tests import filled_tiers as shared

KIND = "specialized_application"
PERIOD = shared.PERIOD
CURRENT = "specialized-2026"

_TITLE = {"holds_base_title": "yes", "base_title_number": "测试〔2024〕1号", "base_title_until": "2099-12-31"}
_QUALITY = {"quality_level": "iso9001", "product_certificates": "ul", "product_certificates_other": ""}

_ANSWERS = {
    "specialized-2022": shared.SHARED | {
        "refinement": _QUALITY | {
            "quality_award": "no",
            "quality_award_name": "",
            "management_certificates": "iso9000",
            "management_certificates_other": "",
            "own_brand": "yes",
        },
        "distinction": {},
        "innovation": shared.INNOVATION | {"maker_china_500": "no"},
        "chain": shared.BONUS | {
            "main_product": "矿山开采成套控制系统",
            "chain_position": "A",
            "chain_position_note": "主导产品填补了矿山智能控制环节的空白。",
        },
        "other": shared.OTHER | _TITLE,
    },
    "specialized-2026": shared.SHARED | {
        "refinement": _QUALITY,
        "distinction": {
            "market_standing": "yes",
            "market_share_scope": "domestic",
            "market_share": "12.5",
            "market_rank": "2",
            "market_note": "按行业协会公布的市场规模和本企业销售额测算。",
        },
        "innovation": shared.INNOVATION,
        "chain": shared.BONUS | {"main_product": "矿山开采成套控制系统"},
        "other": shared.OTHER | _TITLE,
    },
}  # fmt: skip
#: {edition: what an enterprise types, besides what is prefilled}.
TYPED_BY_EDITION = {code: shared.only_asked(EDITIONS[code], values) for code, values in _ANSWERS.items()}
TYPED = TYPED_BY_EDITION[CURRENT]
#: {edition: slots that these answers ask files for}.
SLOTS_BY_EDITION = {
    "specialized-2022": (
        *shared.SHARED_SLOTS, "innovation.ip_files", "other.base_title_files", "refinement.management_files",
        "refinement.brand_files", "chain.position_files",
    ),
    "specialized-2026": (*shared.SHARED_SLOTS, "innovation.ip_files", "other.base_title_files"),
}  # fmt: skip
REQUIRED_SLOTS = SLOTS_BY_EDITION[CURRENT]


def make_draft(enterprise=None, *, values=None, evidence=False, region="320102", kind=KIND):
    """Return a new draft of ``enterprise`` (or a new one) with ``values`` typed in and, on wish, all evidence."""
    return shared.make_draft(kind, values, REQUIRED_SLOTS, enterprise, region=region, evidence=evidence)


def make_complete_draft(enterprise=None, **options):
    """Return a draft that can be submitted as it is."""
    return make_draft(enterprise, values=TYPED, evidence=True, **options)


def make_submitted(enterprise=None, **options):
    """Return a filing in review on its first desk."""
    return shared.submitted(make_complete_draft(enterprise, **options))
