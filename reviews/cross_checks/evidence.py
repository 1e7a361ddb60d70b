"""Evidence (佐证材料) that another enterprise has handed in too."""
from collections import defaultdict

from reviews.cross_checks.registry import OURS, WARN, CrossCheck, Odd
from reviews.queries.evidence import SHARED_SHOWN, enterprises_with

#: File names that one sentence repeats.
NAMES_SHOWN = 3


def shared_files(case):
    """Yield one Odd for each place of the form with files whose content another enterprise has submitted."""
    files = case.payload["attachments"]
    others = enterprises_with(case.filing, {file["sha256"] for file in files})
    by_slot = defaultdict(list)
    for file in files:
        if file["sha256"] in others:
            by_slot[file["slot"]].append(file)
    for slot, found in by_slot.items():
        section, _, field = slot.partition(".")
        names = "、".join(f"“{file['name']}”" for file in found[:NAMES_SHOWN])
        more = f"等 {len(found)} 个文件" if len(found) > NAMES_SHOWN else ""
        count = len(set().union(*(others[file["sha256"]] for file in found)))
        count = f"{count} 家以上" if count >= SHARED_SHOWN else f"{count} 家"
        yield Odd(
            f"{found[0]['label']}中的{names}{more}，与另外 {count}企业已提交的材料内容完全相同（SHA-256 一致）。"
            "请打开文件核对材料是否属于本企业；属于您管辖范围的申报列在文件旁。如为统一印发的空白模板，可不予处理。",
            section, field, WARN,
        )  # fmt: skip


CHECKS = (
    CrossCheck(
        "evidence.shared",
        "佐证材料与其他企业相同",
        "本次提交的每个文件的 SHA-256，与其他企业已提交的申报件（当前快照所含材料）逐一比对，内容完全相同的提示；"
        "同一企业多次使用同一文件不提示。",
        OURS,
        shared_files,
    ),
)
