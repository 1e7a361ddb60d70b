"""Rules of the enterprise as a whole: its size and its age (domain.md §1.2, §6)."""
from accounts.enums import SizeClass


def is_not_large(form):
    """Only SMEs may apply (domain.md §1.2, §6)."""
    size = form.derived["basic", "size_class"]
    if size.shown != SizeClass.LARGE.label:
        return []
    message = (
        f"{size.note}大型企业不属于中小企业，不能申报。请核对所属行业、全职员工数量、营业收入和资产总额；"
        "数据无误的，请联系当地中小企业主管部门。"
    )
    return [form.finding("basic", "size_class", message)]


def segment_years_within_age(form):
    """从事年限 cannot be longer than the enterprise exists; part of a year counts as a year."""
    years, founded = form.facts["segment_years"], form.facts["founded_on"]
    if years is None or founded is None:
        return []
    most = max(form.period - founded.year, 0)
    if years <= most:
        return []
    label = form.by_key["specialization"].label_of("segment_years")
    message = (
        f"您填写的“{years}”年超过企业存续时间：注册时间为 {founded.isoformat()}，"
        f"截至 {form.period - 1} 年末最多 {most} 年。请核对{label}或注册时间后改正。"
    )
    return [form.finding("specialization", "segment_years", message)]
