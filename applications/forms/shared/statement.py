"""真实性声明 (domain.md §5.2 part 九, §5.3); what is declared follows the edition (§1.2, §2.1)."""
from applications.forms.base import Section
from applications.forms.fields import AgreementField
from applications.forms.layout import Fields

_CONSEQUENCE = "数据造假的，依据《优质中小企业梯度培育管理办法》取消认定，且至少三年内不得再次申报。"
_TRUE = "本企业声明：所填信息和上传的材料真实、准确、完整；"


class StatementSection(Section):
    """The declaration under 工信部企业〔2022〕63号."""

    key = "statement"
    title = "真实性声明"
    layout = (Fields(("declared",), "", _CONSEQUENCE),)

    declared = AgreementField(
        label=_TRUE + "未被列入经营异常名录或严重失信主体名单，提供的产品（服务）不属于国家禁止、限制或淘汰类；"
        "近三年未发生重大安全（含网络安全、数据安全）、质量、环境污染等事故以及偷漏税等违法违规行为；"
        "愿意承担由此产生的法律责任。"
    )


class StatementSection2026(StatementSection):
    """The declaration under 工信部企业〔2026〕2号."""

    declared = AgreementField(
        label=_TRUE + "未被列入经营异常名录或严重失信主体名单，提供的产品（服务）不属于国家禁止、限制或淘汰类；"
        "近三年未发生较大生产安全事故、重大网络和数据安全事件、重大环境违法行为、严重质量问题、严重违反行业管理规定和数据造假；"
        "愿意承担由此产生的法律责任。"
    )
