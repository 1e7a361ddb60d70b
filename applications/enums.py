"""Choices of the applications app."""
from django.db import models


class Tier(models.TextChoices):
    """梯度."""

    INNOVATIVE = "innovative", "创新型中小企业"
    SPECIALIZED = "specialized", "专精特新中小企业"
    LITTLE_GIANT = "little_giant", "专精特新“小巨人”企业"


#: What the badge on 企业主页 says without a valid title (manual 图26).
UNRECOGNISED = "未认定"


class AssessmentStage(models.TextChoices):
    """How far a 数字化水平评测 is. 已作废: given up for a new one."""

    ONE = "one", "第一阶段作答中"
    TWO = "two", "第二阶段作答中"
    COMPLETE = "complete", "已完成"
    ABANDONED = "abandoned", "已作废"
