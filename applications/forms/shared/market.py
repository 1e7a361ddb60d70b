"""主导产品市场占有率 and 自主品牌 (domain.md §5.2 part 五, §1.9.2, §2.3): the fields, for the sections of each edition."""
from django import forms

from accounts.fields import CountField, OptionField, YesNoField, YuanField
from applications.forms.fields import ParagraphField, PercentField
from applications.forms.shared.choices import MARKET_SCOPES

MARKET_NOTE_LIMIT = 1000  # characters, domain.md §5.2


class MarketFields(forms.Form):
    """Share, rank and the explanation in words; no proof of a third party is asked for (domain.md §1.8, §2.3)."""

    market_share = PercentField(label="主导产品市场占有率", help_text="上年度主导产品在所选细分市场的占有率，由企业自行测算。")
    market_share_scope = OptionField(label="细分市场范围", choices=MARKET_SCOPES)
    market_rank = CountField(
        label="主导产品国内细分市场名次", required=False, max_value=9_999, help_text="按市场占有率排名；不掌握的不填。"
    )
    market_note = ParagraphField(
        label="市场占有率说明",
        max_length=MARKET_NOTE_LIMIT,
        rows=8,
        help_text=f"说明市场总规模、本企业销售额、数据来源和测算方法，以及主导产品的知名度和影响力，不超过 {MARKET_NOTE_LIMIT} 字。",
    )


class BrandFields(forms.Form):
    """自有品牌."""

    own_brands = CountField(label="自有品牌个数", unit="个", max_value=9_999, help_text="没有的填 0。")
    own_brand_revenue = YuanField(label="自有品牌销售收入", help_text="上年度自有品牌产品的销售收入；没有的填 0。")


OWN_BRAND_HELP = "主导产品拥有自主知识产权，并且品牌已在商标局注册，或者已实现收入。"


def own_brand_field(label):
    """Return the question for 自主品牌 as the 2022 standards ask it."""
    return YesNoField(label=label, help_text=OWN_BRAND_HELP)
