"""All addresses of the portal. Every page outside the admin declares who may open it (portal.tools.access)."""
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("applications.urls")),
    path("", include("reviews.urls")),
    path("", include("portal.site.urls")),
]

handler400 = "portal.site.views.errors.bad_request"
handler403 = "portal.site.views.errors.forbidden"
handler404 = "portal.site.views.errors.not_found"
handler500 = "portal.site.views.errors.server_error"
