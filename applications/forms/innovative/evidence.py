"""六、佐证材料 (domain.md §5.6): what is asked and when, as data. Other proof stands beside the fields it proves."""
from applications.forms.base import Section
from applications.forms.layout import Files, always

CLAIMS = ("direct_award", "direct_honour", "direct_rd_body")
DIRECT_EQUITY = 500  # 万元, domain.md §1.6


def is_direct(facts):
    """Whether the enterprise claims a direct condition; then only the last year's audit is asked (domain.md §5.3)."""
    return any(facts[name] is True for name in CLAIMS) or (facts["new_equity_3y"] or 0) >= DIRECT_EQUITY


def _is_scored(facts):
    return not is_direct(facts)


class EvidenceSection(Section):
    """Files only."""

    key = "evidence"
    title = "佐证材料"
    intro = (
        "知识产权证书、主导产品所属领域说明材料和直通条件证明，请在前面对应的栏目处上传，这里不必重复。"
        "每项可上传多个文件；文件较多的，可打包成 zip 压缩包上传。"
    )
    layout = (
        Files("licence", "营业执照", "副本扫描件或照片。", always, "必须上传"),
        Files(
            "social_security", "{y1}12月社保缴费人数证明", "社保部门出具；含合并报表子公司的，一并上传。", always, "必须上传"
        ),
        Files("audit_y1", "{y1}度审计报告", "带财政部统一监管平台赋码，须反映主营业务收入。", always, "必须上传"),
        Files("audit_y2", "{y2}度审计报告", "", _is_scored, "未选择直通条件的必须上传"),
        Files("other", "其他材料"),
    )
