"""The address of 专精特新发展评价."""
from django.urls import path

from applications.views import evaluation

urlpatterns = [path("enterprise/evaluation/", evaluation.evaluation, name="evaluation")]
