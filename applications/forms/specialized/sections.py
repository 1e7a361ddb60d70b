"""Sections of 专精特新中小企业自评表 that both editions share."""
from accounts.fields import LineField
from applications.forms.base import Section
from applications.forms.shared import evidence
from applications.forms.shared.chain import ChainBonusFields

_AUDIT = "带财政部统一监管平台赋码，须反映主营业务收入和主营业务成本。"


class ChainSection(Section, ChainBonusFields):
    """主导产品 and its place in the chain."""

    key = "chain"
    title = "产业链和主导产品所属领域"

    main_product = LineField(label="主导产品名称", max_length=100)


class EvidenceSection(evidence.EvidenceSection):
    """Two years of audit reports; a third where growth is computed over it (domain.md §5.6)."""

    layout = (
        evidence.LICENCE,
        evidence.SOCIAL_SECURITY,
        evidence.audit("y1", _AUDIT),
        evidence.audit("y2", _AUDIT, evidence.existed("y2"), "有该年度数据的必须上传"),
        evidence.audit("y3", "计算近2年平均增长率需要时上传。", None, "选填"),
        evidence.RD_AUDIT,
        evidence.SIGNED,
        evidence.MORE,
    )
