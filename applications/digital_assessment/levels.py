"""From points and scenes to a level, and what is missing to the next one (domain.md §4.1)."""
from dataclasses import dataclass

from applications.digital_assessment.base import LEVEL_WORDS, plain


@dataclass(frozen=True)
class Standing:
    """How a run stands against one LevelRule: what it has of each of the three conditions."""

    rule: object
    score: object
    scenes: int
    binding: int

    @property
    def score_met(self):
        """Whether the points of stage one suffice."""
        return self.score >= self.rule.score

    @property
    def scenes_met(self):
        """Whether enough scenes are at the level or above."""
        return self.scenes >= self.rule.scenes

    @property
    def binding_met(self):
        """Whether enough of these are 约束性."""
        return self.binding >= self.rule.binding

    @property
    def met(self):
        """Whether the level is reached."""
        return self.score_met and self.scenes_met and self.binding_met

    def gaps(self):
        """Return what is missing, in words."""
        word = LEVEL_WORDS[self.rule.level]
        found = []
        if not self.score_met:
            found.append(
                f"第一阶段得分 {plain(self.score)} 分，需要 {self.rule.score} 分，"
                f"还差 {plain(self.rule.score - self.score)} 分"
            )
        if not self.scenes_met:
            found.append(
                f"达到{word}及以上的场景 {self.scenes} 个，需要 {self.rule.scenes} 个，"
                f"还差 {self.rule.scenes - self.scenes} 个"
            )
        if not self.binding_met:
            found.append(
                f"其中约束性场景 {self.binding} 个，需要 {self.rule.binding} 个，"
                f"还差 {self.rule.binding - self.binding} 个"
            )
        return found


def standings(edition, score, scene_sheet):
    """Return the Standing for every level, the lowest first."""
    return [Standing(rule, score, *scene_sheet.reached(rule.level)) for rule in edition.levels]


def level_of(edition, score, scene_sheet):
    """Return the highest level whose three conditions are met; 0 (无等级) when none is."""
    met = [standing.rule.level for standing in standings(edition, score, scene_sheet) if standing.met]
    return max(met, default=0)
