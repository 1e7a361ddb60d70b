"""Choices of the applications app."""
from django.db import models


class Tier(models.TextChoices):
    """梯度."""

    INNOVATIVE = "innovative", "创新型中小企业"
    SPECIALIZED = "specialized", "专精特新中小企业"
    LITTLE_GIANT = "little_giant", "专精特新“小巨人”企业"


#: What the badge on 企业主页 says without a valid title (manual 图26).
UNRECOGNISED = "未认定"
