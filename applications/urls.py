"""URLs of the applications app: 企业主页, 企业申报管理, 企业复核管理, one filing's pages."""
from django.urls import path

from applications import urls_certificates, urls_digital, urls_evaluation, urls_uploads
from applications.views import changes, check, evidence, filings, fill, home, renewals

app_name = "applications"
urlpatterns = [
    path("enterprise/", home.home, name="home"),
    path("enterprise/filings/", filings.index, name="filings"),
    path("enterprise/filings/start/<slug:kind_code>/", filings.start, name="start"),
    path("enterprise/filings/<int:filing_id>/", filings.detail, name="filing"),
    path("enterprise/filings/<int:filing_id>/changes/", changes.changes, name="changes"),
    path("enterprise/filings/<int:filing_id>/fill/", fill.fill, name="fill"),
    path("enterprise/filings/<int:filing_id>/save/", fill.save_section, name="save_section"),
    path("enterprise/filings/<int:filing_id>/check/", check.check, name="check"),
    path("enterprise/filings/<int:filing_id>/submit/", check.submit, name="submit"),
    path("enterprise/filings/<int:filing_id>/attach/", evidence.attach, name="attach"),
    path("enterprise/filings/<int:filing_id>/detach/", evidence.detach, name="detach"),
    path("enterprise/renewals/", renewals.renewals, name="renewals"),
    *urls_certificates.urlpatterns,
    *urls_digital.urlpatterns,
    *urls_evaluation.urlpatterns,
    *urls_uploads.urlpatterns,
]
