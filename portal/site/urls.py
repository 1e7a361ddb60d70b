"""Addresses of the public site."""
from django.urls import path

from portal.site.views.home import home
from portal.site.views.publicity import publicity, publicity_file, publicity_list, publicity_pdf, publicity_sheet
from portal.site.views.windows import windows

app_name = "site"
urlpatterns = [
    path("", home, name="home"),
    path("windows/", windows, name="windows"),
    path("publicity/", publicity_list, name="publicity_list"),
    path("publicity/<int:pk>/", publicity, name="publicity"),
    path("publicity/<int:pk>/list.xlsx", publicity_sheet, name="publicity_sheet"),
    path("publicity/<int:pk>/pdf/", publicity_pdf, name="publicity_pdf"),
    path("publicity/<int:pk>/list.pdf", publicity_file, name="publicity_file"),
]
