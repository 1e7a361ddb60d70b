"""Answers as they were typed, read against an edition: what is answered, what is wrong, the points.

Typed answers are one flat {name: text}: for a question to choose from, its key with the code of the option, several
joined by commas ("q4": "energy,safety"); for a figure its key. Blanks and wrong figures stay as they were typed.
"""
from dataclasses import dataclass
from functools import cached_property

from applications.digital_assessment.base import LEVEL_WORDS
from applications.digital_assessment.numbers import WrongFigure, read_figure, units_mixed_up

#: Between the codes of a multiple question.
SEPARATOR = ","
_PARTS = (
    ("equipment_digital", "equipment", "数字化生产设备数量", "生产设备数量", "台"),
    ("equipment_connected", "equipment", "联网的生产设备数量", "生产设备数量", "台"),
    ("digital_spending", "mean_revenue", "近三年平均数字化投入", "近三年平均营业额", "万元"),
)


@dataclass(frozen=True)
class Fault:
    """Something that keeps a stage from ending: where it is, what it is called and what to do."""

    name: str
    label: str
    message: str


class QuestionSheet:
    """The answers to stage one."""

    def __init__(self, edition, typed):
        self.edition = edition
        self.typed = typed

    @classmethod
    def names(cls, edition):
        """Return every name that an answer may have, in the order of the page."""
        return [name for question in edition.questions for name in cls.names_of(question)]

    @staticmethod
    def names_of(question):
        """Return the names of one question's answers."""
        return [figure.key for figure in question.figures] if question.is_computed else [question.key]

    @cached_property
    def _read(self):
        figures, errors = {}, {}
        for key, figure in self.edition.figures.items():
            try:
                figures[key] = read_figure(figure, self.typed.get(key, ""))
            except WrongFigure as wrong:
                errors[key] = str(wrong)
        for part, whole, part_label, whole_label, unit in _PARTS:
            above, below = figures.get(part), figures.get(whole)
            if above is not None and below is not None and above > below:
                errors[part] = (
                    f"{part_label}填写的“{above}”大于{whole_label}“{below}”（{unit}），不应超过它，请核对这两个数后改正。"
                )
        return figures, errors

    @property
    def figures(self):
        """{key: Decimal, or None while blank}; figures that cannot be read are left out."""
        return self._read[0]

    @property
    def errors(self):
        """{key of a figure: sentence} of what is wrong, without blanks."""
        return self._read[1]

    @cached_property
    def warnings(self):
        """{key of a figure: sentence} of what looks like 元 in place of 万元; refuses nothing."""
        found = {}
        for key, figure in self.edition.figures.items():
            warning = units_mixed_up(figure, self.figures.get(key), self.figures.get(figure.same_as))
            if warning:
                found[key] = warning
        return found

    def reading(self, question):
        """Return the Reading of a question with figures, or None while one it needs is blank or wrong."""
        known = all(self.figures.get(key) is not None and key not in self.errors for key in question.needs)
        return question.read(self.figures) if known else None

    def chosen(self, question):
        """Return the options of an answered question, or an empty tuple."""
        if question.is_computed:
            reading = self.reading(question)
            return (question.option(reading.option),) if reading else ()
        codes = self.typed.get(question.key, "").split(SEPARATOR)
        chosen = tuple(option for option in question.options if option.code in codes)
        return chosen if question.multiple else chosen[:1]

    def contradiction(self, question):
        """Return the sentence for 无 beside other options, or an empty text."""
        chosen = self.chosen(question)
        if len(chosen) > 1 and any(option.exclusive for option in chosen):
            return "选择了“无”，就不能同时选择其他选项。请取消“无”，或取消其他选项。"
        return ""

    def is_answered(self, question):
        """Tell whether the question counts as answered."""
        return bool(self.chosen(question)) and not self.contradiction(question)

    @property
    def answered(self):
        """How many questions are answered."""
        return sum(map(self.is_answered, self.edition.questions))

    def points(self, question):
        """Return the points of a question (Decimal); 0 while it is not answered."""
        chosen = self.chosen(question) if self.is_answered(question) else ()
        return sum((option.points for option in chosen), start=question.most * 0)

    @property
    def score(self):
        """The points of stage one (Decimal, 0 to 100)."""
        return sum(map(self.points, self.edition.questions))

    def dimension_points(self):
        """Return [(dimension, points, most points)]."""
        return [
            (dimension, sum(map(self.points, questions)), sum(question.most for question in questions))
            for dimension, questions in self.edition.dimensions().items()
        ]

    def faults(self):
        """Return every Fault that keeps stage one from ending."""
        return [fault for number, each in enumerate(self.edition.questions, 1) for fault in self._faults(number, each)]

    def _faults(self, number, question):
        label = f"第 {number} 题 {question.title}"
        if question.is_computed:
            for figure in question.figures:
                if figure.key in self.errors:
                    yield Fault(figure.key, label, self.errors[figure.key])
                elif self.figures[figure.key] is None:
                    yield Fault(figure.key, label, f"{figure.label}还没有填写，请填写（{figure.unit}）。")
        elif self.contradiction(question):
            yield Fault(question.key, label, self.contradiction(question))
        elif not self.chosen(question):
            how = "请选择符合的各项，都没有的选“无”" if question.multiple else "请选择最符合的一项"
            yield Fault(question.key, label, f"还没有作答，{how}。")


class SceneSheet:
    """The answers to stage two: the level of each scene, 0 (未达到一级) to 4."""

    def __init__(self, edition, typed):
        self.edition = edition
        self.typed = typed

    @staticmethod
    def names(edition):
        """Return every name that an answer may have."""
        return [scene.key for scene in edition.scenes]

    def level(self, scene):
        """Return the level chosen for a scene, or None."""
        text = self.typed.get(scene.key, "")
        return int(text) if text in {"0", "1", "2", "3", "4"} else None

    @property
    def levels(self):
        """{key of a scene: level, or None}."""
        return {scene.key: self.level(scene) for scene in self.edition.scenes}

    @property
    def answered(self):
        """How many scenes are answered."""
        return sum(level is not None for level in self.levels.values())

    def reached(self, level):
        """Return (scenes at that level or above, how many of them are 约束性)."""
        scenes = [scene for scene in self.edition.scenes if (self.level(scene) or 0) >= level]
        return len(scenes), sum(scene.binding for scene in scenes)

    def faults(self):
        """Return every Fault that keeps stage two from being completed."""
        return [
            Fault(scene.key, scene.title, "还没有选择达到的等级，请选择；都不符合的选“未达到一级”。")
            for scene in self.edition.scenes
            if self.level(scene) is None
        ]

    def shown(self, scene):
        """Return the chosen level with its text: 二级：使用信息化系统…."""
        level = self.level(scene)
        if level is None:
            return ""
        return f"{LEVEL_WORDS[level]}：{scene.texts[level - 1]}" if level else LEVEL_WORDS[0]

