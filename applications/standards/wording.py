"""The Chinese sentence that explains a verdict (结论) completely: score, group minimums, direct conditions, blanks."""
from applications.computed import plain
from applications.standards.results import INCOMPLETE, MEETS, MEETS_DIRECT


def explain(verdict, total, pass_total, groups, indicators, directs):
    """Return the sentence for a verdict of results.py, from the results it rests on."""
    score = f"{_total(total, pass_total)}，{'、'.join(_group(group) for group in groups)}"
    met = "、".join(f"“{direct.label}”" for direct in directs if direct.met)
    blanks = _blanks(indicators)
    if verdict == MEETS:
        also = f"同时符合直通条件{met}。" if met else ""
        harmless = f"{blanks}；有关指标按 0 分计，不影响结论。" if blanks else ""
        return f"{score}，满足评价标准。{also}{harmless}"
    if verdict == MEETS_DIRECT:
        scored = "评分指标未填写完整，不影响结论" if blanks else score
        return f"符合直通条件{met}，满足评价标准，不要求评分达标。{scored}。"
    if verdict == INCOMPLETE:
        return f"尚不能得出结论。{blanks}。有关指标暂按 0 分计，{score}，且未符合直通条件{_unanswered(directs)}。"
    return f"{score}，且未符合直通条件{_unanswered(directs)}，暂不满足评价标准。"


def _total(total, pass_total):
    if total >= pass_total:
        return f"自评 {plain(total)} 分，达到 {plain(pass_total)} 分"
    return f"自评 {plain(total)} 分，距 {plain(pass_total)} 分还差 {plain(pass_total - total)} 分"


def _group(group):
    lacking = "" if group.met else f"，还差 {plain(group.minimum - group.points)} 分"
    return f"{group.label} {plain(group.points)} 分（≥{plain(group.minimum)}{lacking}）"


def _blanks(indicators):
    """The blank inputs, each once, then the sentences about values that cannot be computed."""
    missing = dict.fromkeys(label for indicator in indicators for label in indicator.missing)
    reasons = [result.reason for result in indicators if not result.complete and not result.missing]
    parts = ["缺少：" + "、".join(missing)] if missing else []
    return "。".join(parts + reasons)


def _unanswered(directs):
    """A remark on direct conditions left blank: they may be what the enterprise could still claim."""
    blank = [direct for direct in directs if direct.missing]
    return f"（其中 {len(blank)} 项未填写）" if blank else ""
