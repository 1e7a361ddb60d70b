"""What an edition of the 评测指标 consists of: questions of stage one, scenes of stage two, the table of levels."""
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Option:
    """One answer to a question, worth ``points``. ``exclusive`` (无) excludes the rest of a multiple question."""

    code: str
    text: str
    points: Decimal
    exclusive: bool = False


@dataclass(frozen=True)
class Figure:
    """A number that an enterprise types: at least ``least``, at most ``most``, with at most ``places`` decimals.

    ``same_as`` names the figure of the year before, for the check of 元 against 万元.
    """

    key: str
    label: str
    unit: str
    places: int = 2
    least: int | Decimal = 0
    most: int = 10_000_000_000
    help: str = ""
    same_as: str = ""


@dataclass(frozen=True)
class Reading:
    """What the figures of a question say: the option they lead to, and the calculation in words."""

    option: str
    shown: str


@dataclass(frozen=True)
class Question:
    """A question of stage one.

    ``multiple``: the points of the ticked options add up. With ``read`` the option follows from figures: a function
    of {key: Decimal} for the keys of ``needs``, which may belong to other questions; it returns a Reading.
    """

    key: str
    dimension: str
    item: str
    title: str
    text: str
    options: tuple[Option, ...]
    multiple: bool = False
    figures: tuple[Figure, ...] = ()
    needs: tuple[str, ...] = ()
    read: Callable | None = None
    help: str = ""

    @property
    def is_computed(self):
        """Whether the option follows from figures instead of being chosen."""
        return self.read is not None

    @property
    def most(self):
        """The most points that the question gives (Decimal)."""
        points = [option.points for option in self.options]
        return sum(points) if self.multiple else max(points)

    @property
    def most_shown(self):
        """The most points as text: 7.5, 10."""
        return plain(self.most)

    def option(self, code):
        """Return the option with this code, or None."""
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Scene:
    """A scene of stage two. ``texts`` describe 一级 to 四级; ``binding`` is 约束性 (★)."""

    key: str
    group: str
    title: str
    binding: bool
    texts: tuple[str, str, str, str]


@dataclass(frozen=True)
class LevelRule:
    """What a level asks for: points of stage one, scenes at that level or above, and how many of them 约束性."""

    level: int
    name: str
    score: int
    scenes: int
    binding: int

    @property
    def title(self):
        """The level with its name: 三级（集成级）."""
        return f"{LEVEL_WORDS[self.level]}（{self.name}）"


#: How a level of a scene or of the result is spoken of.
LEVEL_WORDS = ("未达到一级", "一级", "二级", "三级", "四级")
NO_LEVEL = "无等级"


@dataclass(frozen=True)
class Edition:
    """A dated set of questions, scenes and levels; ``notice`` says whom it was made for."""

    code: str
    title: str
    notice: str
    questions: tuple[Question, ...]
    scenes: tuple[Scene, ...]
    levels: tuple[LevelRule, ...]

    @property
    def figures(self):
        """Every figure of stage one by key."""
        return {figure.key: figure for question in self.questions for figure in question.figures}

    @property
    def most(self):
        """The most points of stage one (Decimal)."""
        return sum(question.most for question in self.questions)

    def dimensions(self):
        """Return {dimension: its questions} in the order of the questions."""
        found = {}
        for question in self.questions:
            found.setdefault(question.dimension, []).append(question)
        return found

    def groups(self):
        """Return {group: its scenes} in the order of the scenes."""
        found = {}
        for scene in self.scenes:
            found.setdefault(scene.group, []).append(scene)
        return found

    def level_title(self, level):
        """Return how a result is named: 三级（集成级）, or 无等级 below 一级."""
        return next((rule.title for rule in self.levels if rule.level == level), NO_LEVEL)


def plain(number):
    """Return points (Decimal) without trailing zeros: 46.5, 60."""
    return f"{number.normalize():f}"
