"""The forms of a decision and of a comment at a field."""
from django import forms

from reviews.enums import Action, Visibility
from reviews.queries.phrases import phrase_choices
from reviews.transitions import rows_for

#: A comment goes out in a 系统消息, whose body has 1,000 characters together with the words around it.
COMMENT_LENGTH = 500
NOTE_LENGTH = 1000

SEEN_VERSION_GONE = "页面信息不完整，操作没有执行。请返回申报件页面重新打开后再试。"


def version_field():
    """Return the hidden field for the version that was looked at."""
    gone = dict.fromkeys(("required", "invalid", "min_value"), SEEN_VERSION_GONE)
    return forms.IntegerField(min_value=1, widget=forms.HiddenInput, error_messages=gone)


def too_long(label):
    """Return the sentence for a text that is too long; Django fills in the two numbers."""
    return f"{label}最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请精简后再试。"


def with_phrase(data, phrases):
    """Return the posted data with the chosen phrase (常用语) put before the comment and the choice taken back.

    So the select box works without a script, and a form that comes back shows the whole text once.
    """
    chosen = next((phrase for phrase in phrases if str(phrase.pk) == data.get("phrase")), None)
    if chosen is None:
        return data
    data = data.copy()
    data["comment"] = f"{chosen.text}\n{data.get('comment', '')}".strip()
    data["phrase"] = ""
    return data


class OpinionForm(forms.Form):
    """意见 and 内部备注 of a decision, with the phrases that are offered for it.

    ``seen_authority`` is the authority that the officer belonged to when the page was made.
    """

    seen_authority = forms.IntegerField(required=False, widget=forms.HiddenInput)
    phrase = forms.ChoiceField(
        label="常用语",
        required=False,
        error_messages={"invalid_choice": "所选常用语已停用或修改，请重新选择。"},
    )
    comment = forms.CharField(
        label="意见",
        max_length=COMMENT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": too_long("意见")},
    )
    keep_phrase = forms.BooleanField(label="保存为常用语", required=False)
    note = forms.CharField(
        label="内部备注",
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="只有主管部门看得到，企业看不到。",
        error_messages={"max_length": too_long("内部备注")},
    )

    def __init__(self, data=None, *args, action, phrases=(), **kwargs):
        """Offer ``phrases``, and demand a comment where the transition table does."""
        super().__init__(None if data is None else with_phrase(data, phrases), *args, **kwargs)
        self.fields["phrase"].choices = phrase_choices(phrases)
        # A textarea counts a line break as one character, the browser sends two; the limit is ours to judge.
        for name in ("comment", "note"):
            self.fields[name].widget.attrs.pop("maxlength", None)
        comment = self.fields["comment"]
        if any(row.comment_required for row in rows_for(action)):
            comment.required = True
            comment.error_messages["required"] = f"【{Action(action).label}】须填写意见：企业要凭它知道原因。请写明后重试。"
            comment.help_text = "写明问题所在和怎样改正，企业会在系统消息和申报记录中看到。"
            if action == Action.REJECT:
                comment.help_text = "写明不予通过的理由和依据，企业会在系统消息和申报记录中看到。"
        else:
            comment.help_text = "企业会在申报记录中看到。"


class DecisionForm(OpinionForm):
    """通过, 退回 or 不予通过 of one filing; ``seen_version`` is what the officer looked at."""

    seen_version = version_field()


class CommentForm(forms.Form):
    """批注: a comment at one field of the filing."""

    target = forms.CharField(max_length=101, widget=forms.HiddenInput)
    text = forms.CharField(
        label="批注",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写批注内容后再保存。", "max_length": too_long("批注")},
    )
    visibility = forms.ChoiceField(
        label="可见范围",
        choices=Visibility.choices,
        initial=Visibility.ENTERPRISE,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择批注的可见范围：企业可见或内部。"},
    )

    def __init__(self, *args, **kwargs):
        """Leave the length to the server, see DecisionForm."""
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs.pop("maxlength", None)
