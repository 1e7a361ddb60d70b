"""The data of the 专精特新发展评价: weights and industry means, set by the ministry, read by everybody at the desk."""
from django.contrib import admin, messages
from django.db.models import OuterRef, Subquery
from django.utils.html import format_html_join

from accounts.admin.base import DeskAdmin
from accounts.models import Industry
from applications.evaluation.catalogue import BONUS, BONUS_LABEL, DIMENSIONS, INDICATORS, MEAN_FIGURES
from applications.forms.evaluation import POINTS_PREFIX, MeanForm, WeightsForm
from applications.models import EvaluationWeights, IndustryMean
from applications.services.evaluations import add_weights, may_set_evaluation_data, save_mean


class EvaluationDataAdmin(DeskAdmin):
    """What the two pages share: who reads, who writes."""

    actions = None
    sortable_by = ()

    def may_read(self, user):
        """Officers and operators."""
        return user.is_authenticated and user.is_active and user.is_staff

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Name the page once."""
        return super().changeform_view(request, object_id, form_url, {"subtitle": None} | (extra_context or {}))

    def has_add_permission(self, request):
        """Managers (审核与发布) of the ministry."""
        return request.user.is_authenticated and request.user.is_staff and may_set_evaluation_data(request.user)


@admin.register(EvaluationWeights)
class EvaluationWeightsAdmin(EvaluationDataAdmin):
    """Editions of weights. One is added, never changed or deleted: evaluations name the edition that they used."""

    form = WeightsForm
    list_display = ["title", "valid_from", "is_official", "source", "made_at"]
    list_display_links = ["title"]
    add_title = "添加权重版本"
    add_form_template = change_form_template = "admin/applications/evaluationweights/change_form.html"
    change_list_template = "admin/applications/evaluationweights/change_list.html"

    def get_fieldsets(self, request, obj=None):
        """Ask for the points by dimension; show them as a list when reading."""
        head = ["title", "valid_from", "is_official", "source"]
        if obj:
            return [(None, {"fields": [*head, "made_at"]}), ("各指标分值", {"fields": ["shown_points"]})]
        groups = [
            (label, [f"{POINTS_PREFIX}{code}" for code, entry in INDICATORS.items() if entry.dimension == dimension])
            for dimension, label in DIMENSIONS.items()
        ]
        groups.append((f"{BONUS_LABEL}，合计不超过 10 分", [f"{POINTS_PREFIX}{code}" for code in BONUS]))
        return [(None, {"fields": head}), *((label, {"fields": names}) for label, names in groups)]

    def get_readonly_fields(self, request, obj=None):
        """Everything of an edition that exists."""
        return ["title", "valid_from", "is_official", "source", "made_at", "shown_points"] if obj else []

    def save_model(self, request, obj, form, change):
        """Write through the service."""
        add_weights(user=request.user, weights=obj)

    @admin.display(description="分值")
    def shown_points(self, weights):
        """List indicator and points."""
        rows = [(entry.label, weights.points.get(code, "—")) for code, entry in {**INDICATORS, **BONUS}.items()]
        return format_html_join("", "<div>{}：{} 分</div>", rows)


@admin.register(IndustryMean)
class IndustryMeanAdmin(EvaluationDataAdmin):
    """Industry means with their source; changing one leaves evaluations already made as they are."""

    form = MeanForm
    list_display = ["year", "division_name", "figure_name", "shown_value", "source"]
    list_display_links = ["figure_name"]
    list_filter = ["year"]
    search_fields = ["=division", "source"]
    search_help_text = "行业大类代码（两位数字）或来源"
    add_title = "录入行业均值"
    change_form_template = "admin/applications/industrymean/change_form.html"
    change_list_template = "admin/applications/industrymean/change_list.html"

    def has_change_permission(self, request, obj=None):
        """Those who may add."""
        return self.has_add_permission(request)

    def get_fields(self, request, obj=None):
        """Show words instead of codes to those who only read."""
        if obj and not self.has_change_permission(request, obj):
            return ["year", "division_name", "figure_name", "shown_value", "source", "made_at"]
        return ["year", "division", "figure", "value", "source"]

    def get_readonly_fields(self, request, obj=None):
        """Name the computed ones, which are never in the form."""
        return self.get_fields(request, obj) if obj and not self.has_change_permission(request, obj) else []

    def get_queryset(self, request):
        """Name the divisions in the same query."""
        name = Industry.objects.filter(code=OuterRef("division")).values("name")[:1]
        return super().get_queryset(request).annotate(industry_name=Subquery(name))

    def save_model(self, request, obj, form, change):
        """Write through the service, and say whom it concerns."""
        save_mean(user=request.user, mean=obj)
        if change:
            messages.info(request, "已有的评价保持不变；今后提交的申报使用新的均值。")

    @admin.display(description="行业大类")
    def division_name(self, mean):
        """Name the division."""
        return f"{mean.division} {mean.industry_name}" if mean.division else "全行业"

    @admin.display(description="指标")
    def figure_name(self, mean):
        """Name the figure."""
        return MEAN_FIGURES.get(mean.figure, (mean.figure, ""))[0]

    @admin.display(description="均值")
    def shown_value(self, mean):
        """Show the mean with its unit."""
        return f"{mean.value.normalize():f} {MEAN_FIGURES.get(mean.figure, ('', ''))[1]}"
