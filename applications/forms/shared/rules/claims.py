"""Rules of claims: titles that must still hold, answers that must fit each other (domain.md §1.9.2, §3.2, §5.2)."""
from django.utils import timezone


def title_is_valid(name):
    """Return the rule that the lower title claimed has not expired."""

    def rule(form):
        day = form.facts[f"{name}_until"]
        if form.facts[f"holds_{name}"] is not True or day is None or day >= timezone.localdate():
            return []
        message = f"您填写的“{day.isoformat()}”已过有效期。请核对日期；称号确已到期的，上面的问题请选择“否”。"
        return [form.finding("other", f"{name}_until", message)]

    return rule


def quality_fits_certificates(form):
    """ISO9001 as the best level needs the certificate ticked above, where that is asked."""
    certificates = form.facts["management_certificates"]
    if form.facts["quality_level"] != "iso9001" or certificates is None or "iso9000" in certificates:
        return []
    message = (
        "您选择了通过 ISO9001 质量管理体系认证，但管理体系认证中没有选“ISO9000 质量管理体系”。请核对两项后改正。"
    )
    return [form.finding("refinement", "quality_level", message)]


def brands_earn(form):
    """自有品牌销售收入 needs at least one brand."""
    count, revenue = form.facts["own_brands"], form.facts["own_brand_revenue"]
    if count != 0 or not revenue:
        return []
    message = "您填写了自有品牌销售收入，但自有品牌个数为“0”。请填写自有品牌个数；没有自有品牌的，销售收入填 0。"
    return [form.finding("distinction", "own_brands", message)]


def own_brand_is_counted(form):
    """Who has an own brand has at least one."""
    if form.facts["own_brand"] is not True or form.facts["own_brands"] != 0:
        return []
    message = "您选择了拥有自主品牌，但自有品牌个数为“0”。请填写自有品牌个数；没有自主品牌的，上面的问题请选择“否”。"
    return [form.finding("distinction", "own_brands", message)]


def market_rank_starts_at_one(form):
    """名次 is at least 1."""
    if form.facts["market_rank"] != 0:
        return []
    return [form.finding("distinction", "market_rank", "您填写的“0”不是名次，应为 1 以上的整数；不掌握的请清空。")]
