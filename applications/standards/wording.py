"""The Chinese sentence that explains a verdict (结论) completely: conditions, score, group minimums, blanks."""
from collections import Counter

from applications.computed import plain
from applications.standards.condition_results import HUMAN, MET, MISSING, NOT_MET, STATE_LABELS
from applications.standards.results import INCOMPLETE, MEETS, MEETS_DIRECT, NOT_YET


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


def summarise(conditions):
    """Count conditions by state: '6 项条件，已满足 4 项，2 项待补充'; empty without conditions."""
    if not conditions:
        return ""
    counts = Counter(condition.state for condition in conditions)
    parts = [f"{len(conditions)} 项条件，已满足 {counts[MET]} 项"]
    parts += [f"{counts[state]} 项{STATE_LABELS[state]}" for state in (NOT_MET, MISSING, HUMAN) if counts[state]]
    return "，".join(parts)


def explain_conditions(verdict, conditions):
    """Return the sentence for a verdict over conditions: each that is not met, open or left to judgement."""
    numbered = list(enumerate(conditions, start=1))
    by_state = {
        state: [(f"第 {place} 项“{each.label}”", each) for place, each in numbered if each.state == state]
        for state in (NOT_MET, MISSING, HUMAN)
    }
    sentences = [f"{summarise(conditions)}。"]
    for state in (NOT_MET, MISSING):
        if by_state[state]:
            named = "；".join(f"{name}（{each.rule.lacking()}）" for name, each in by_state[state])
            sentences.append(f"{STATE_LABELS[state]}：{named}。")
    direct = "、".join(f"第 {place} 项“{each.label}”" for place, each in numbered if each.met and each.direct)
    if direct:
        sentences.append(f"{direct}以直通条件满足。")
    if by_state[HUMAN]:
        named = "、".join(name for name, _ in by_state[HUMAN])
        sentences.append(f"{named}没有量化标准，由审核部门判断。")
    sentences.append(_CONCLUSIONS[verdict])
    return "".join(sentences)


_CONCLUSIONS = {
    MEETS: "按填报内容，满足认定标准。",
    MEETS_DIRECT: "按填报内容，满足认定标准。",
    NOT_YET: "暂不满足认定标准。",
    INCOMPLETE: "补充后才能得出结论。",
}
