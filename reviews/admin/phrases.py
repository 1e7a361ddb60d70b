"""审核常用语: the phrases of the officer's own authority: add, change, order, switch off."""
from django.contrib import admin, messages
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html

from portal.tools.errors import Refused
from reviews.admin.base import OfficerDeskAdmin
from reviews.forms import PhraseForm
from reviews.models import Phrase
from reviews.services import phrases as services

#: What the buttons of a row do, by the last part of the address.
STEPS = {
    "up": lambda **row: services.move_phrase(up=True, **row),
    "down": lambda **row: services.move_phrase(up=False, **row),
    "on": lambda **row: services.switch_phrase(is_active=True, **row),
    "off": lambda **row: services.switch_phrase(is_active=False, **row),
}


@admin.register(Phrase)
class PhraseAdmin(OfficerDeskAdmin):
    """Every officer of the authority reads them, those who may decide keep them. Nothing is deleted: 停用 instead."""

    form = PhraseForm
    list_display = ["purpose", "text", "in_use", "made_by", "made_at", "steps"]
    list_display_links = ["text"]
    list_select_related = ["made_by"]
    list_per_page = 3 * services.MOST_PHRASES
    sortable_by = ()
    actions = None
    add_title = "添加常用语"

    def get_queryset(self, request):
        """Limit to the officer's own authority."""
        rows = super().get_queryset(request).filter(authority=request.user.authority_id)
        return rows.order_by("action", "position", "id")

    def has_add_permission(self, request):
        """Reviewers and managers."""
        return services.may_edit_phrases(request.user)

    def has_change_permission(self, request, obj=None):
        """The same people, their own authority's."""
        mine = obj is None or obj.authority_id == request.user.authority_id
        return mine and services.may_edit_phrases(request.user)

    def get_list_display(self, request):
        """Leave the buttons away for those who only read."""
        return self.list_display if self.has_change_permission(request) else self.list_display[:-1]

    def get_fields(self, request, obj=None):
        """What a phrase is for is settled when it is added."""
        return ["text"] if obj and self.has_change_permission(request, obj) else ["action", "text"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Bind the officer's authority to the form."""
        form_class = super().get_form(request, obj, change, **kwargs)

        class BoundForm(form_class):
            def __init__(self, *args, **inner):
                super().__init__(*args, authority_id=request.user.authority_id, **inner)
                if change:
                    self.fields.pop("action", None)

        return BoundForm

    def save_model(self, request, obj, form, change):
        """Write through the services."""
        if change:
            services.change_phrase(user=request.user, phrase_id=obj.pk, text=form.cleaned_data["text"])
        else:
            values = form.cleaned_data
            obj.pk = services.add_phrase(user=request.user, action=values["action"], text=values["text"]).pk

    def get_urls(self):
        """Add the address of the buttons."""
        wrap = self.admin_site.admin_view
        route = "<int:phrase_id>/step/<str:step>/"
        return [path(route, wrap(self.step), name="reviews_phrase_step"), *super().get_urls()]

    def step(self, request, phrase_id, step):
        """POST: 【上移】【下移】【启用】【停用】, back to the list."""
        if not self.has_view_permission(request):
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if step not in STEPS:
            raise Http404
        try:
            STEPS[step](user=request.user, phrase_id=phrase_id)
        except Refused as refusal:
            messages.error(request, refusal.message)
        return HttpResponseRedirect(reverse("admin:reviews_phrase_changelist"))

    @admin.display(description="用于")
    def purpose(self, phrase):
        """Name the decision."""
        return phrase.get_action_display()

    @admin.display(description="状态")
    def in_use(self, phrase):
        """Say whether it is offered."""
        state, word = ("approved", "启用") if phrase.is_active else ("plain", "停用")
        return format_html('<span class="state-badge state-badge--{}">{}</span>', state, word)

    @admin.display(description="操作")
    def steps(self, phrase):
        """Offer the buttons; they lie in the form of the list, which carries the token."""
        switch = ("off", "停用") if phrase.is_active else ("on", "启用")
        buttons = [
            format_html(
                '<button class="desk-link" type="submit" formaction="{}" aria-label="{}：{}">{}</button> ',
                reverse("admin:reviews_phrase_step", args=[phrase.pk, step]), label, phrase.text[:30], label,
            )
            for step, label in (("up", "上移"), ("down", "下移"), switch)
        ]  # fmt: skip
        return format_html("{}{}{}", *buttons)
