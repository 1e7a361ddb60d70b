"""The home page (首页)."""
from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.site import queries
from portal.tools.access import PUBLIC, opens_to

#: Publicity lists on the home page.
LISTS_SHOWN = 10
#: What a title is, in one sentence (domain.md §1.4).
INTRODUCTIONS = {
    "innovative": "具有较高专业化水平、较强创新能力和发展潜力的中小企业。企业自评后在线提交，由所在地主管部门逐级审核，"
    "省级主管部门公示、公告，有效期三年。",
    "specialized": "专业化、精细化、特色化、创新能力突出的中小企业。须先完成数字化水平评测，由所在地主管部门逐级审核，"
    "省级主管部门公示、认定，有效期三年。",
    "little_giant": "在产业链关键环节具有专长、创新能力强、市场占有率高的企业。按工业和信息化部各批次通知申报，"
    "省级主管部门初审推荐，工业和信息化部审核、公示、认定，有效期三年。",
}


@require_safe
@opens_to(PUBLIC)
def home(request):
    """Show what the portal is, what can be applied for now, and the latest publicity lists."""
    tiers = [(tier, INTRODUCTIONS.get(tier.kind.tier, "")) for tier in queries.tier_windows(timezone.now())]
    may_apply = not request.user.is_authenticated or request.user.is_legal_person
    return render(
        request,
        "site/home.html",
        {
            "tiers": tiers,
            "may_apply": may_apply,
            "lists": queries.public_lists()[:LISTS_SHOWN],
            "tech_sme_url": settings.TECH_SME_URL,
        },
    )
