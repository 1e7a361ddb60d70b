"""佐证材料 that prove no single field (domain.md §5.6); the other proof stands beside the fields."""
from applications.forms.base import Section
from applications.forms.layout import Files, always

MUST = "必须上传"


def existed(year):
    """Return the rule that a report of a year is asked for when the enterprise has figures of that year."""
    return lambda facts: facts[f"revenue_{year}"] is not None


LICENCE = Files("licence", "营业执照", "副本扫描件或照片。", always, MUST)
SOCIAL_SECURITY = Files(
    "social_security", "{y1}12月社保缴费人数证明", "社保部门出具；含合并报表子公司的，一并上传。", always, MUST
)
CREDIT = Files(
    "credit", "信用报告", "“信用中国”网站的信用报告和国家企业信用信息公示系统的信息公示报告，申报前一个月内下载。", always, MUST
)
RD_AUDIT = Files("rd_audit", "研发费用专项审计报告", "审计报告没有单独列示研发费用的上传。")
SIGNED = Files("signed", "盖章、签字的扫描件", "主管部门要求时上传：下载本表，盖章、法定代表人签字后扫描。")
MORE = Files("more", "其他材料")


def audit(year, help_text, required=always, when=MUST):
    """Return the place for the audit report of a year, y1 to y3."""
    return Files(f"audit_{year}", f"{{{year}}}度审计报告", help_text, required, when)


class EvidenceSection(Section):
    """Files only; an edition names them."""

    key = "evidence"
    title = "佐证材料"
    intro = "知识产权、研发机构、认证等证明，请在前面对应的栏目处上传，这里不必重复。每项可上传多个文件；文件较多的，可打包成 zip 压缩包上传。"
