"""《中小企业数字化水平评测指标》 as data: questions, scenes, levels by edition, and the scoring (domain.md §4)."""
from applications.digital_assessment.base import LEVEL_WORDS, NO_LEVEL, Edition, LevelRule, plain
from applications.digital_assessment.levels import level_of, standings
from applications.digital_assessment.questions_2024 import QUESTIONS
from applications.digital_assessment.scenes_2024 import SCENES
from applications.digital_assessment.sheets import QuestionSheet, SceneSheet

MANUFACTURING_2024 = Edition(
    code="digital-2024-manufacturing",
    title="《中小企业数字化水平评测指标（2024年版）》制造业题目",
    notice="生产性服务业、其他行业的题目尚未公布，这些行业的企业暂时使用制造业题目；没有对应情况的，选择“无”或“未达到一级”。",
    questions=QUESTIONS,
    scenes=SCENES,
    levels=(
        LevelRule(1, "初始级", score=20, scenes=6, binding=3),
        LevelRule(2, "规范级", score=40, scenes=6, binding=3),
        LevelRule(3, "集成级", score=60, scenes=8, binding=5),
        LevelRule(4, "协同级", score=80, scenes=10, binding=6),
    ),
)
EDITIONS = {MANUFACTURING_2024.code: MANUFACTURING_2024}
#: The edition that new runs are started with.
CURRENT = MANUFACTURING_2024


def level_title(level, edition=CURRENT):
    """Return the name of a result: 三级（集成级）, 无等级."""
    return edition.level_title(level)


__all__ = [
    "CURRENT", "EDITIONS", "LEVEL_WORDS", "NO_LEVEL", "QuestionSheet", "SceneSheet", "level_of", "level_title",
    "plain", "standings",
]  # fmt: skip
