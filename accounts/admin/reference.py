"""行政区划, 行业, 中小企业划型标准: reference data, for reading by everybody at the desk."""
from django.contrib import admin

from accounts.admin.base import DeskAdmin
from accounts.models import Industry, Region, SizeStandard
from accounts.size_class import bounds_in_words


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

    list_display = ["industry_name", "edition", "codes", "codes_left_out"]
    fields = ["industry_name", "edition", "codes", "codes_left_out", "upper", "medium", "small"]
    ordering = ["-edition", "id"]

    @admin.display(description="行业代码")
    def codes(self, row):
        """List the sections and the beginnings of codes that the row is for."""
        return "、".join(row.prefixes)

    @admin.display(description="除外代码")
    def codes_left_out(self, row):
        """List the beginnings of codes that another row is for."""
        return "、".join(row.excluded) or "无"

    @admin.display(description="中小微企业上限")
    def upper(self, row):
        """Tell what an enterprise must stay below."""
        return bounds_in_words(row)[0]

    @admin.display(description="中型企业")
    def medium(self, row):
        """Tell what a medium enterprise reaches."""
        return bounds_in_words(row)[1]

    @admin.display(description="小型企业")
    def small(self, row):
        """Tell what a small enterprise reaches; below it an enterprise is micro."""
        return bounds_in_words(row)[2]
