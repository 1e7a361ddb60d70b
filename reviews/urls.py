"""Addresses of evidence files, personal values, form documents and the public check page."""
from django.urls import path

from reviews.views import documents, files, previews, reveal

app_name = "reviews"
urlpatterns = [
    path("files/<int:attachment_id>/", files.attachment, name="attachment"),
    path("files/<int:attachment_id>/preview/", previews.preview, name="preview"),
    path("files/<int:attachment_id>/preview/content/", previews.preview_content, name="preview_content"),
    path("filings/<int:filing_id>/document/", documents.document_request, name="document_request"),
    path("filings/<int:filing_id>/reveal/<str:target>/", reveal.reveal, name="reveal"),
    path("documents/<int:document_id>/", documents.document, name="document"),
    path("documents/<int:document_id>/file/", files.document_file, name="document_file"),
    path("documents/<int:document_id>/retry/", documents.document_retry, name="document_retry"),
    path("check/<str:sha256>/", documents.check_document, name="check_document"),
]
