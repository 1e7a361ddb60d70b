"""Points of the 15 questions and the table of levels, with the figures of domain.md §4."""
from decimal import Decimal

import pytest

from applications.digital_assessment import CURRENT, EDITIONS, QuestionSheet, SceneSheet, level_of, standings
from applications.tests.digital_answers import QUESTIONS, SCENES, levels

BY_KEY = {question.key: question for question in CURRENT.questions}


def points(key, **typed):
    """Return the points of one question with only these answers typed."""
    return QuestionSheet(CURRENT, typed).points(BY_KEY[key])


def option(key, **typed):
    """Return the option that the figures of a question lead to."""
    return QuestionSheet(CURRENT, typed).reading(BY_KEY[key]).option


def test_the_edition_has_15_questions_of_100_points_and_16_scenes_of_which_ten_are_binding():
    assert EDITIONS == {"digital-2024-manufacturing": CURRENT}
    assert [question.key for question in CURRENT.questions] == [f"q{n}" for n in range(1, 16)]
    assert [question.most for question in CURRENT.questions] == [
        Decimal(n) for n in ("8", "6", "6", "10", "10", "5", "5", "7.5", "7.5", "7.5", "7.5", "7", "7", "3", "3")
    ]
    most = {name: sum(each.most for each in questions) for name, questions in CURRENT.dimensions().items()}
    assert most == {"数字化基础": 50, "数字化管理": 30, "数字化成效": 20}
    assert len(CURRENT.scenes) == 16
    assert [scene.title for scene in CURRENT.scenes if scene.binding] == [
        "产品设计", "营销管理", "生产管控", "质量管理", "设备管理", "安全生产", "能耗管理", "采购管理", "仓储物流", "财务管理",
    ]  # fmt: skip
    assert [len(scenes) for scenes in CURRENT.groups().values()] == [4, 6, 2, 4]


@pytest.mark.parametrize(
    ("key", "chosen", "expected"),
    [
        ("q1", "none", "0"), ("q1", "plant", "2"), ("q1", "system,g5", "4"), ("q1", "plant,system,g5,full", "8"),
        ("q4", "none", "0"), ("q4", "product_design", "0.7"), ("q4", "personnel", "0.9"),
        ("q4", "finance,personnel", "1.6"),
        ("q4", "product_design,process_design,marketing,service,planning,production,quality,maintenance,safety,energy,"
               "purchasing,storage,finance,personnel", "10"),
        ("q5", "none", "0"), ("q5", "one", "2.5"), ("q5", "several", "5"), ("q5", "most", "7.5"), ("q5", "all", "10"),
        ("q6", "none", "0"), ("q6", "border", "1.25"), ("q6", "rules,products,risk,border", "5"),
        ("q7", "none", "0"), ("q7", "register", "1.25"), ("q7", "rules,products,risk", "3.75"),
        ("q8", "none", "0"), ("q8", "aware", "1.5"), ("q8", "planned", "3"), ("q8", "partial", "4.5"),
        ("q8", "changed", "6"), ("q8", "visits", "7.5"),
        ("q9", "none", "0"), ("q9", "data", "1.875"), ("q9", "process,systems,data,incentive", "7.5"),
        ("q10", "none", "0"), ("q10", "pay", "1.5"), ("q10", "people,posts,training,pay,ladder", "7.5"),
    ],
)  # fmt: skip
def test_chosen_options_give_the_points_of_the_table(key, chosen, expected):
    assert points(key, **{key: chosen}) == Decimal(expected)


def test_options_of_single_questions_do_not_add_up():
    assert points("q5", q5="one,several") == Decimal("2.5")


SHARES = [
    ("0", "0"), ("10", "0"), ("10.01", "1"), ("20", "1"), ("20.01", "2"), ("40", "2"), ("40.01", "3"), ("60", "3"),
    ("60.01", "4"), ("100", "4"),
]  # fmt: skip


@pytest.mark.parametrize(("percent", "step"), SHARES)
def test_shares_lie_in_bands_that_include_their_upper_end(percent, step):
    hundredths = str(int(Decimal(percent) * 100))
    equipment = Decimal("1.5") * int(step)
    assert points("q2", equipment="10000", equipment_digital=hundredths) == equipment
    assert points("q3", equipment="10000", equipment_connected=hundredths) == equipment
    assert points("q11", mean_revenue="100", digital_spending=percent) == Decimal("1.875") * int(step)


def test_without_production_equipment_the_share_counts_as_nothing():
    assert points("q2", equipment="0", equipment_digital="0") == 0
    assert option("q2", equipment="0", equipment_digital="0") == "b10"


@pytest.mark.parametrize(
    ("last", "before", "expected"), [("90", "100", "7"), ("100", "100", "3.5"), ("100.001", "100", "0")]
)
def test_less_energy_for_each_hundred_yuan_of_revenue_gives_points(last, before, expected):
    typed = {"revenue_last": "5000", "revenue_before": "5000"}
    assert points("q12", energy_last=last, energy_before=before, **typed) == Decimal(expected)


def test_more_energy_with_still_more_revenue_is_less_for_each_hundred_yuan():
    figures = {"energy_last": "110", "energy_before": "100", "revenue_last": "6000", "revenue_before": "5000"}
    assert points("q12", **figures) == 7
    reading = QuestionSheet(CURRENT, figures).reading(BY_KEY["q12"])
    assert reading.shown == "每百元营业收入综合能源消费量：上年 0.18 千克标准煤，前年 0.20 千克标准煤"


@pytest.mark.parametrize(
    ("last", "before", "expected"), [("98", "98.01", "0"), ("98", "98", "3.5"), ("98.01", "98", "7")]
)
def test_a_better_pass_rate_gives_points(last, before, expected):
    assert points("q13", pass_rate_last=last, pass_rate_before=before) == Decimal(expected)


@pytest.mark.parametrize(("employees", "expected"), [("101", "0"), ("100", "1.5"), ("99", "3")])
def test_more_revenue_per_head_gives_points(employees, expected):
    typed = {"revenue_last": "5000", "revenue_before": "5000", "employees_before": "100"}
    assert points("q14", employees_last=employees, **typed) == Decimal(expected)


@pytest.mark.parametrize(("cost", "expected"), [("4000.01", "0"), ("4000", "1.5"), ("3999.99", "3")])
def test_lower_cost_for_each_hundred_yuan_of_revenue_gives_points(cost, expected):
    typed = {"revenue_last": "5000", "revenue_before": "5000", "cost_before": "4000"}
    assert points("q15", cost_last=cost, **typed) == Decimal(expected)


def test_a_change_too_small_for_two_decimals_is_shown_with_as_many_as_it_takes():
    typed = {"revenue_last": "5000", "revenue_before": "5000", "cost_before": "4000", "cost_last": "3999.99"}
    reading = QuestionSheet(CURRENT, typed).reading(BY_KEY["q15"])
    assert reading.shown == "每百元营业收入中的成本：上年 79.9998 元，前年 80.0000 元"


def test_the_points_of_all_questions_add_up_by_dimension():
    sheet = QuestionSheet(CURRENT, QUESTIONS)
    assert sheet.dimension_points() == [
        ("数字化基础", Decimal("31.05"), 50), ("数字化管理", Decimal("14.625"), 30), ("数字化成效", Decimal("10.5"), 20)
    ]  # fmt: skip
    assert sheet.score == Decimal("56.175")
    assert sheet.answered == 15
    assert sheet.faults() == []


def test_the_best_answers_give_100_points():
    best = {
        question.key: ",".join(each.code for each in question.options if not each.exclusive)
        if question.multiple
        else question.options[-1].code
        for question in CURRENT.questions
        if not question.is_computed
    }
    figures = QUESTIONS | {
        "equipment_digital": "100", "equipment_connected": "100", "digital_spending": "5000", "energy_last": "800",
        "employees_last": "100", "cost_last": "3900",
    }  # fmt: skip
    assert QuestionSheet(CURRENT, figures | best).score == 100


def test_none_beside_other_measures_is_named_and_gives_nothing():
    sheet = QuestionSheet(CURRENT, {"q6": "none,rules"})
    assert sheet.points(BY_KEY["q6"]) == 0
    assert not sheet.is_answered(BY_KEY["q6"])
    faults = {fault.name: fault.message for fault in sheet.faults()}
    assert faults["q6"] == "选择了“无”，就不能同时选择其他选项。请取消“无”，或取消其他选项。"
    assert faults["q7"] == "还没有作答，请选择符合的各项，都没有的选“无”。"
    assert faults["q8"] == "还没有作答，请选择最符合的一项。"
    assert faults["energy_last"] == "上年综合能源消费量还没有填写，请填写（吨标准煤）。"


@pytest.mark.parametrize(
    ("typed", "name", "sentence"),
    [
        ({"equipment": "约100"}, "equipment", "生产设备数量填写的“约100”不是数字，应为不小于 0 的整数（台），请改正。"),
        ({"equipment": "-1"}, "equipment", "生产设备数量填写的“-1”小于 0，应为不小于 0 的整数（台），请改正。"),
        ({"equipment": "1.5"}, "equipment", "生产设备数量填写的“1.5”小数位数过多，应为不小于 0 的整数（台），请改正。"),
        ({"pass_rate_last": "100.1"}, "pass_rate_last",
         "上年月均产品合格率填写的“100.1”大于 100，应为不小于 0 的数字，最多 2 位小数，不大于 100（%），请核对后改正。"),
        ({"revenue_last": "0"}, "revenue_last",
         "上年营业收入填写的“0”小于 0.01，应为不小于 0.01 的数字，最多 2 位小数（万元），请改正。"),
        ({"equipment": "100", "equipment_connected": "101"}, "equipment_connected",
         "联网的生产设备数量填写的“101”大于生产设备数量“100”（台），不应超过它，请核对这两个数后改正。"),
        ({"equipment": "100", "equipment_digital": "101"}, "equipment_digital",
         "数字化生产设备数量填写的“101”大于生产设备数量“100”（台），不应超过它，请核对这两个数后改正。"),
        ({"mean_revenue": "100", "digital_spending": "100.01"}, "digital_spending",
         "近三年平均数字化投入填写的“100.01”大于近三年平均营业额“100”（万元），不应超过它，请核对这两个数后改正。"),
    ],
)  # fmt: skip
def test_a_wrong_figure_is_named_with_its_rule_and_its_remedy(typed, name, sentence):
    sheet = QuestionSheet(CURRENT, QUESTIONS | typed)
    assert sheet.errors == {name: sentence}
    assert [(fault.name, fault.message) for fault in sheet.faults()] == [(name, sentence)]


def test_full_width_digits_and_thousands_separators_are_read():
    assert points("q2", equipment="１，０００", equipment_digital=" 450 ") == Decimal("4.5")
    assert points("q13", pass_rate_last="９９．５％", pass_rate_before="99") == 7


def test_a_figure_a_thousand_times_last_years_is_asked_about_and_not_refused():
    sheet = QuestionSheet(CURRENT, QUESTIONS | {"revenue_last": "56000000"})
    assert sheet.warnings == {
        "revenue_last": "上年营业收入与前年相差 1000 倍以上，请核对单位是否都是万元。数字无误的可以不改。"
    }
    assert sheet.faults() == []
    assert QuestionSheet(CURRENT, QUESTIONS | {"revenue_last": "5599999.99"}).warnings == {}


def level(score, **by_key):
    """Return the level with these points and scenes."""
    return level_of(CURRENT, Decimal(score), SceneSheet(CURRENT, levels(**by_key)))


BINDING = [scene.key for scene in CURRENT.scenes if scene.binding]
OTHERS = [scene.key for scene in CURRENT.scenes if not scene.binding]
#: level, points, scenes, 约束性 ones among them
TABLE = [(1, 20, 6, 3), (2, 40, 6, 3), (3, 60, 8, 5), (4, 80, 10, 6)]


def scenes_at(value, binding, others):
    """Return that many scenes at a level, 约束性 and others."""
    return dict.fromkeys(BINDING[:binding] + OTHERS[:others], value)


@pytest.mark.parametrize(("n", "score", "scenes", "binding"), TABLE)
def test_each_level_needs_its_points_its_scenes_and_its_binding_scenes(n, score, scenes, binding):
    exactly = scenes_at(n, binding, scenes - binding)
    assert level(score, **exactly) == n
    assert level("100", **exactly) == n
    assert level(Decimal(score) - Decimal("0.001"), **exactly) == n - 1
    assert level(score, **scenes_at(n - 1, binding, scenes - binding)) == n - 1
    one_scene_short = scenes_at(n, binding, scenes - binding - 1)
    assert level(score, **one_scene_short) == (n - 1 if len(one_scene_short) >= 6 else 0)
    one_binding_short = scenes_at(n, binding - 1, scenes - binding + 1)
    assert level(score, **one_binding_short) == (n - 1 if binding - 1 >= 3 else 0)


def test_scenes_above_a_level_count_for_it():
    assert level("45", **scenes_at(4, 3, 3)) == 2
    assert level("60", **scenes_at(4, 3, 3)) == 2


def test_nothing_is_reached_without_points_or_without_scenes():
    assert level("19.9", **dict.fromkeys(BINDING + OTHERS, 4)) == 0
    assert level("100") == 0
    assert [CURRENT.level_title(n) for n in range(5)] == [
        "无等级", "一级（初始级）", "二级（规范级）", "三级（集成级）", "四级（协同级）"
    ]  # fmt: skip


def test_what_is_missing_to_the_next_level_is_said_in_words():
    sheet = SceneSheet(CURRENT, levels(**scenes_at(3, 4, 2)))
    third = standings(CURRENT, Decimal("46.5"), sheet)[2]
    assert third.gaps() == [
        "第一阶段得分 46.5 分，需要 60 分，还差 13.5 分",
        "达到三级及以上的场景 6 个，需要 8 个，还差 2 个",
        "其中约束性场景 4 个，需要 5 个，还差 1 个",
    ]
    assert standings(CURRENT, Decimal("46.5"), sheet)[1].gaps() == []


def test_a_scene_without_an_answer_keeps_stage_two_open_and_0_is_an_answer():
    sheet = SceneSheet(CURRENT, SCENES | {"quality": "0", "energy": "", "office": "5"})
    assert sheet.answered == 14
    assert [(fault.name, fault.label) for fault in sheet.faults()] == [("energy", "能耗管理"), ("office", "协同办公")]
