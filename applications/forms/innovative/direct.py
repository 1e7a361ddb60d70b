"""五、直通条件: any one of the four suffices (domain.md §1.6); three are claims, the fourth is a sum."""
from accounts.fields import LineField, PastDateField, YesNoField, YuanField
from applications.forms.base import Section
from applications.forms.fields import DayField
from applications.forms.layout import Fields, Files

#: Claim → what is asked of its certificate.
CERTIFICATES = {
    "direct_award": ("name", "date", "number"),
    "direct_honour": ("name", "number", "until"),
    "direct_rd_body": ("name", "date", "number"),
}


def _claimed(name):
    """Return the rule that a claim needs its proof."""
    return lambda facts: facts[name] is True


def _has_equity(facts):
    return bool(facts["new_equity_3y"])


class DirectSection(Section):
    """Each claim with the name, date and number of its certificate and its proof."""

    key = "direct"
    title = "直通条件"
    intro = "符合任意一项即满足评价标准，不再要求评分达标。均不符合的，三项选“否”，股权融资填 0。"
    units = {"new_equity_3y": "万元"}
    shown_when = {
        f"{claim}_{detail}": (claim, "yes")
        for claim, details in CERTIFICATES.items()
        for detail in details
    } | {
        "award_files": ("direct_award", "yes"),
        "honour_files": ("direct_honour", "yes"),
        "rd_body_files": ("direct_rd_body", "yes"),
    }
    layout = (
        Fields(
            ("direct_award", "direct_award_name", "direct_award_date", "direct_award_number"),
            "条件一　国家级、省级科技奖励",
            "国家级：科技进步奖、自然科学奖、技术发明奖、国防科技奖；省级：一、二、三等奖。以证书日期为准，企业须为获奖单位。",
        ),
        Files("award_files", "科技奖励证书", "", _claimed("direct_award"), "选“是”的必须上传"),
        Fields(
            ("direct_honour", "direct_honour_name", "direct_honour_number", "direct_honour_until"),
            "条件二　有效期内的荣誉",
        ),
        Files("honour_files", "荣誉证书", "", _claimed("direct_honour"), "选“是”的必须上传"),
        Fields(
            ("direct_rd_body", "direct_rd_body_name", "direct_rd_body_date", "direct_rd_body_number"),
            "条件三　省部级以上研发机构",
        ),
        Files("rd_body_files", "研发机构认定文件", "上传认定文件，不接受牌匾照片。", _claimed("direct_rd_body"), "选“是”的必须上传"),
        Fields(
            ("new_equity_3y",),
            "条件四　股权融资",
            "合格机构投资者的实缴额，500 万元以上符合条件。",
        ),
        Files("equity_files", "股权融资证明", "银行回单和投资机构的备案证明。", _has_equity, "填报金额大于 0 的必须上传"),
    )

    direct_award = YesNoField(label="近三年内获得过国家级、省级科技奖励")
    direct_award_name = LineField(label="奖项名称", max_length=120, required=False)
    direct_award_date = PastDateField(label="获奖证书日期", required=False)
    direct_award_number = LineField(label="获奖证书编号", max_length=60, required=False)
    direct_honour = YesNoField(
        label="获得高新技术企业、国家级技术创新示范企业、知识产权优势企业和知识产权示范企业等荣誉（均为有效期内）"
    )
    direct_honour_name = LineField(label="荣誉名称", max_length=120, required=False)
    direct_honour_number = LineField(label="荣誉证书编号", max_length=60, required=False)
    direct_honour_until = DayField(label="荣誉有效期至", required=False)
    direct_rd_body = YesNoField(label="拥有经认定的省部级以上研发机构")
    direct_rd_body_name = LineField(label="省部级以上研发机构名称", max_length=120, required=False)
    direct_rd_body_date = PastDateField(label="认定日期", required=False)
    direct_rd_body_number = LineField(label="认定文号", max_length=60, required=False)
    new_equity_3y = YuanField(label="近三年新增股权融资总额（合格机构投资者的实缴额）")
