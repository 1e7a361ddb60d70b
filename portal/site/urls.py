"""Addresses of the public site."""
from django.urls import path

from portal.site.views.home import home
from portal.site.views.publicity import publicity, publicity_list
from portal.site.views.windows import windows

app_name = "site"
urlpatterns = [
    path("", home, name="home"),
    path("windows/", windows, name="windows"),
    path("publicity/", publicity_list, name="publicity_list"),
    path("publicity/<int:pk>/", publicity, name="publicity"),
]
