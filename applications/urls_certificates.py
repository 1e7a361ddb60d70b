"""Addresses of certificates and of the public check of a number."""
from django.urls import path

from applications.views import certificates

urlpatterns = [
    path("titles/<int:recognition_id>/certificate/", certificates.certificate_request, name="certificate_request"),
    path("titles/certificates/<int:certificate_id>/", certificates.certificate, name="certificate"),
    path("titles/certificates/<int:certificate_id>/file/", certificates.certificate_file, name="certificate_file"),
    path("titles/certificates/<int:certificate_id>/retry/", certificates.certificate_retry, name="certificate_retry"),
    path("certificates/<str:number>/", certificates.certificate_check, name="certificate_check"),
]
