"""Making the PDF of a publicity list (公示名单)."""
import logging

from celery import shared_task

from reviews.enums import PublicityState
from reviews.job_tasks.papers import sentence_of
from reviews.models import PublicityList
from reviews.services import publicity_papers

log = logging.getLogger(__name__)


@shared_task
def render_publicity_list(list_id, public):
    """Make the PDF of a list as it is now; one that is made, being made, or not public is left alone."""
    publicity = PublicityList.objects.select_related("authority").filter(pk=list_id).first()
    if publicity is None or (public and publicity.state == PublicityState.DRAFT):
        return
    paper = publicity_papers.paper_of(publicity, public=public)
    if not publicity_papers.begin(paper):
        return
    try:
        # WeasyPrint is loaded here, because web processes load this module too.
        from reviews.documents.publicity_list import render_list

        publicity_papers.finish(paper, render_list(publicity, public=public).content)
    except Exception as error:
        log.exception("The PDF of the publicity list %s could not be made", list_id)
        publicity_papers.fail(paper, sentence_of(error))
