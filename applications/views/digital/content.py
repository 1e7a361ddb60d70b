"""What the pages of 数字化水平评测 show: questions, scenes and results made ready for the templates."""
from dataclasses import dataclass, field

from applications.digital_assessment import LEVEL_WORDS, QuestionSheet, SceneSheet, plain, standings
from applications.digital_assessment.sheets import SEPARATOR
from applications.enums import AssessmentStage
from applications.services.digital_assessments import edition_of

#: Answers of at most so many characters stand side by side.
SHORT = 4
#: Scenes named as the next ones to work on.
NEAREST = 5


@dataclass(frozen=True)
class Choice:
    """One option of a question or level of a scene. ``id`` is set for the first, which links lead to."""

    code: str
    text: str
    chosen: bool
    exclusive: bool = False
    id: str = ""


@dataclass(frozen=True)
class Cell:
    """A figure to type."""

    figure: object
    value: str
    error: str
    warning: str
    theirs: str | None


@dataclass(frozen=True)
class Item:
    """A question or a scene with its answer; ``theirs`` is another window's answer in words, where it differs."""

    number: int
    subject: object
    choices: list
    theirs: str | None = None
    cells: list = field(default_factory=list)
    reading: object = None
    error: str = ""


def sheet_of(assessment, stage, typed=None):
    """Return the QuestionSheet or SceneSheet of a run, with ``typed`` in place of what is stored on wish."""
    edition = edition_of(assessment)
    if stage == AssessmentStage.ONE:
        return QuestionSheet(edition, assessment.questions if typed is None else typed)
    return SceneSheet(edition, assessment.scenes if typed is None else typed)


def posted_answers(assessment, stage, data, only=None):
    """Return {name: text} of what was posted for a stage, blank for empty boxes; ``only`` narrows to some names."""
    names = sheet_of(assessment, stage).names(edition_of(assessment))
    return {name: SEPARATOR.join(data.getlist(name)) for name in names if only is None or name in only}


def answer_in_words(sheet, name):
    """Return a stored answer as a person reads it, and what it is called: (label, text)."""
    edition = sheet.edition
    if isinstance(sheet, SceneSheet):
        scene = next(scene for scene in edition.scenes if scene.key == name)
        return scene.title, sheet.shown(scene)
    if name in edition.figures:
        return edition.figures[name].label, sheet.typed.get(name, "")
    question = next(question for question in edition.questions if question.key == name)
    return question.title, "；".join(option.text for option in sheet.chosen(question))


def question_sections(sheet, theirs=None):
    """Return [(dimension, [Item])] of stage one; ``theirs`` is another window's QuestionSheet."""
    numbers = {question.key: number for number, question in enumerate(sheet.edition.questions, 1)}
    return [
        (dimension, [_question(sheet, question, numbers[question.key], theirs) for question in questions])
        for dimension, questions in sheet.edition.dimensions().items()
    ]


def _question(sheet, question, number, theirs):
    chosen = {option.code for option in sheet.chosen(question)}
    choices = [
        Choice(option.code, option.text, option.code in chosen, option.exclusive, "" if index else f"f-{question.key}")
        for index, option in enumerate(question.options)
    ]
    return Item(
        number=number,
        subject=question,
        choices=choices,
        theirs=None if question.is_computed else _theirs(sheet, theirs, question.key),
        cells=[_cell(sheet, figure, theirs) for figure in question.figures],
        reading=sheet.reading(question) if question.is_computed else None,
        error=sheet.contradiction(question),
    )


def _cell(sheet, figure, theirs):
    key = figure.key
    return Cell(
        figure, sheet.typed.get(key, ""), sheet.errors.get(key, ""), sheet.warnings.get(key, ""),
        _theirs(sheet, theirs, key),
    )  # fmt: skip


def scene_sections(sheet, theirs=None):
    """Return [(group, [Item])] of stage two; ``theirs`` is another window's SceneSheet."""
    numbers = {scene.key: number for number, scene in enumerate(sheet.edition.scenes, 1)}
    return [
        (group, [_scene(sheet, scene, numbers[scene.key], theirs) for scene in scenes])
        for group, scenes in sheet.edition.groups().items()
    ]


def _scene(sheet, scene, number, theirs):
    texts = ("以下各级的描述都不符合", *scene.texts)
    choices = [
        Choice(str(level), text, sheet.level(scene) == level, id="" if level else f"f-{scene.key}")
        for level, text in enumerate(texts)
    ]
    return Item(number, scene, choices, _theirs(sheet, theirs, scene.key))


def _theirs(sheet, theirs, name):
    if theirs is None or theirs.typed.get(name, "") == sheet.typed.get(name, ""):
        return None
    return answer_in_words(theirs, name)[1]


def answer_rows(sheet):
    """Return [(number, question, [lines of the answer], points in words)] of stage one."""
    return [
        (number, question, _lines(sheet, question), plain(sheet.points(question)))
        for number, question in enumerate(sheet.edition.questions, 1)
    ]


def _lines(sheet, question):
    if question.is_computed:
        typed = [
            f"{figure.label} {sheet.typed[figure.key]} {figure.unit}"
            for figure in question.figures
            if sheet.typed.get(figure.key)
        ]
        reading = sheet.reading(question)
        option = f"{reading.shown}（{question.option(reading.option).text}）" if reading else ""
        return [line for line in ("；".join(typed), option) if line]
    texts = [option.text for option in sheet.chosen(question)]
    return ["、".join(texts)] if texts and max(map(len, texts)) <= SHORT else texts


def scene_rows(sheet):
    """Return [(group, [(scene, level in words, text of the level)])] of stage two."""
    return [
        (group, [(scene, *_level_words(sheet, scene)) for scene in scenes])
        for group, scenes in sheet.edition.groups().items()
    ]


def _level_words(sheet, scene):
    level = sheet.level(scene)
    if level is None:
        return "", ""
    return LEVEL_WORDS[level], scene.texts[level - 1] if level else ""


def result_context(assessment):
    """Return what the page of a complete run shows."""
    edition = edition_of(assessment)
    questions = sheet_of(assessment, AssessmentStage.ONE)
    scenes = sheet_of(assessment, AssessmentStage.TWO)
    table = standings(edition, assessment.score, scenes)
    following = next((standing for standing in table if standing.rule.level == assessment.level + 1), None)
    return {
        "edition": edition,
        "level_title": edition.level_title(assessment.level),
        "score": plain(assessment.score),
        "most": plain(edition.most),
        "dimensions": [
            (dimension, plain(points), plain(most), f"{points * 100 / most:.1f}")
            for dimension, points, most in questions.dimension_points()
        ],
        "standings": [(standing, plain(standing.score)) for standing in table],
        "following": following,
        "gaps": following.gaps() if following else [],
        "nearest": _nearest(scenes, following),
        "answers": answer_rows(questions),
        "scene_rows": scene_rows(scenes),
    }


def _nearest(sheet, following):
    """Return up to NEAREST (scene, text of the level asked for) that are closest below it, 约束性 first.

    None when there is no higher level, or when it is only points that are missing.
    """
    if following is None or (following.scenes_met and following.binding_met):
        return []
    level = following.rule.level
    gaps = {scene.key: level - (sheet.level(scene) or 0) for scene in sheet.edition.scenes}
    below = [scene for scene in sheet.edition.scenes if gaps[scene.key] > 0]
    below.sort(key=lambda scene: (gaps[scene.key], not scene.binding))
    return [(scene, scene.texts[level - 1]) for scene in below[:NEAREST]]
