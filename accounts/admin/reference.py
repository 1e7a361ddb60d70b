"""行政区划, 行业, 中小企业划型标准: reference data, for reading by everybody at the desk."""
from django.contrib import admin

from accounts.admin.base import DeskAdmin
from accounts.models import Industry, Region, SizeStandard


class ReferenceAdmin(DeskAdmin):
    """Reference data; it is changed by reloading the files, not here."""

    def may_read(self, user):
        """Officers and operators."""
        return user.is_authenticated and user.is_active and user.is_staff


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    """行政区划."""

    list_display = ["code", "full_name", "level", "authority"]
    list_filter = ["level"]
    list_select_related = ["authority"]
    search_fields = ["^code", "full_name"]
    search_help_text = "按代码开头或名称查找，例如 3201、玄武区"


@admin.register(Industry)
class IndustryAdmin(ReferenceAdmin):
    """国民经济行业分类."""

    list_display = ["code", "name", "section", "level"]
    list_filter = ["level"]
    search_fields = ["^code", "name"]
    search_help_text = "按代码开头或名称查找，例如 35、专用设备"


@admin.register(SizeStandard)
class SizeStandardAdmin(ReferenceAdmin):
    """中小企业划型标准."""

    list_display = ["industry_name", "edition", "prefixes", "excluded"]
    ordering = ["-edition", "id"]
