"""Addresses of uploads in parts."""
from django.urls import path

from applications.views import uploads

urlpatterns = [
    path("enterprise/filings/<int:filing_id>/uploads/", uploads.upload_start, name="upload_start"),
    path("enterprise/filings/<int:filing_id>/uploads/<uuid:upload_id>/", uploads.upload_part, name="upload_part"),
]
