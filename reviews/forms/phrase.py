"""The form of one 审核常用语."""
from django import forms

from portal.tools.text import tidy
from reviews.forms.decision import too_long
from reviews.models import Phrase
from reviews.services.phrases import DECISIONS, MOST_PHRASES


class PhraseForm(forms.ModelForm):
    """What a phrase is for, and its text. The service adds it at the end of the list."""

    action = forms.ChoiceField(
        label="用于",
        choices=[("", "请选择"), *((action.value, action.label) for action in DECISIONS)],
        error_messages={"required": "请选择常用语用于哪种审核结果。"},
    )
    text = forms.CharField(
        label="内容",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="审核时可以选用，插入意见后还能修改。企业会看到，请不要写企业名称和个人信息。",
        error_messages={"required": "请填写常用语的内容。", "max_length": too_long("常用语")},
    )

    class Meta:
        model = Phrase
        fields = ["action", "text"]

    def __init__(self, *args, authority_id=None, **kwargs):
        """Remember whose list it is."""
        super().__init__(*args, **kwargs)
        self.authority_id = authority_id
        self.fields["text"].widget.attrs.pop("maxlength", None)

    def clean(self):
        """Say what the service would refuse: the same text twice, a full list."""
        cleaned = super().clean()
        action = cleaned.get("action") or self.instance.action
        text = tidy(cleaned.get("text", ""))
        rows = Phrase.objects.filter(authority=self.authority_id, action=action).exclude(pk=self.instance.pk)
        if text and rows.filter(text=text).exists():
            self.add_error("text", f"常用语“{text[:30]}”已在列表中，不需要重复设置。请修改内容，或返回列表启用原来的一条。")
        elif self.instance.pk is None and rows.count() >= MOST_PHRASES:
            self.add_error(None, f"这种审核结果的常用语已有 {MOST_PHRASES} 条，达到上限。请修改不再使用的一条。")
        return cleaned
