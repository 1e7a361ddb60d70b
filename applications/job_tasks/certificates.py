"""Making certificates (证书). Tasks take ids and may run any number of times."""
from celery import shared_task

from applications.certificates import certificate_key, title_of
from applications.models import Certificate
from applications.services import certificates
from reviews.job_tasks.papers import ChangedContent, make_paper, requeue_papers


@shared_task
def render_certificate(certificate_id):
    """Make one certificate; one that is unknown, finished or being made is left alone."""
    certificate = certificates.claim_certificate(certificate_id=certificate_id)
    if certificate is None:
        return
    make_paper(
        certificate,
        render=lambda: _render(certificate),
        ready=lambda name, pdf: certificates.record_certificate(
            certificate=certificate, name=name, size=len(pdf.content)
        ),
        failed=lambda sentence: certificates.record_certificate_failure(certificate=certificate, reason=sentence),
    )


@shared_task
def requeue_certificates():
    """Hand over what was ordered while the broker was away, and what a dead worker has left behind."""
    requeue_papers(Certificate, render_certificate, "certificate")


def _render(certificate):
    """Return the Pdf. WeasyPrint is loaded here, because web processes load this module too."""
    from applications.certificate_paper import render_title

    title = title_of(certificate.recognition)
    if certificate_key(title) != certificate.key:
        raise ChangedContent(certificate.pk)
    return render_title(title)
