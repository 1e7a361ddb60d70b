"""What an enterprise sees of a filing: shared by 详情 and the officers' 企业视图, so that both show the same."""
from applications.queries import last_return, present_attachments, told_comments
from applications.queries_evaluation import shown_evaluation
from applications.views.content import present_content, submitted_content
from applications.views.progress import coming, stages, timeline
from reviews.enums import Action, State
from reviews.kinds import get_kind


def what_is_seen(filing, *, said=True):
    """Return the context of templates/applications/filing_body.html.

    ``filing`` with desk, registered_region, snapshot and province__parent. Content is that of the last submission,
    personal values masked; only a draft that was never submitted shows its answers, which no officer gets to see.
    Without ``said`` the comments and the last return are left to the caller.
    """
    events = list(filing.events.select_related("authority").order_by("sequence"))
    steps = list(filing.steps.filter(round=filing.round).select_related("authority").order_by("position"))
    if filing.snapshot_id:
        sections, assessment = submitted_content(filing)
    else:
        sections, assessment = present_content(filing, present_attachments(filing))
    told = told_comments(filing) if said and filing.round else []
    return {
        "filing": filing,
        "kind": get_kind(filing.kind),
        "stages": stages(filing, steps),
        "timeline": timeline(filing, events, steps),
        "submitted": bool(events) and events[-1].action == Action.SUBMIT,
        "coming": coming(filing, steps) if filing.state == State.IN_REVIEW else [],
        "evaluation": shown_evaluation(filing),
        "sections": sections,
        "assessment": assessment,
        "last_return": last_return(filing) if said and filing.state == State.RETURNED else None,
        "comments": [(comment, f"#v-{comment.section}-{comment.field}") for comment in told],
        "has_changes": any(event.from_state == State.RETURNED for event in events),
    }
