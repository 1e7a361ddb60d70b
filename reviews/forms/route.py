"""The form of a route (审核链): which levels review; their order follows from the tree of authorities."""
from django import forms

from accounts.enums import AuthorityLevel
from reviews.services.routes import ORDER


class LevelsForm(forms.Form):
    """The levels, first to last; the service judges them."""

    levels = forms.MultipleChoiceField(
        label="审核层级", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(level.value, level.label) for level in ORDER],
        error_messages={"invalid_choice": "审核层级：没有“%(value)s”这一级，请重新选择。"},
    )  # fmt: skip
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_levels(self):
        """Return AuthorityLevels in the order of the way, whatever order they came in."""
        return sorted((AuthorityLevel(value) for value in self.cleaned_data["levels"]), key=ORDER.index)


class ResetForm(forms.Form):
    """恢复默认: what was seen."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
