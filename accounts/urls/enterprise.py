"""URLs of 完善企业基本信息 and the pickers; included by accounts.urls."""
from django.urls import path

from accounts.views import enterprise, pickers

urlpatterns = [
    path("enterprise/edit/", enterprise.edit, name="enterprise_edit"),
    path("pickers/regions/", pickers.regions, name="picker_regions"),
    path("pickers/regions/lookup/", pickers.region_lookup, name="region_lookup"),
    path("pickers/industries/", pickers.industries, name="picker_industries"),
    path("pickers/industries/search/", pickers.industry_search, name="picker_industry_search"),
    path("pickers/industries/chosen/", pickers.industry_chosen, name="picker_industry_chosen"),
    path("pickers/industries/lookup/", pickers.industry_lookup, name="industry_lookup"),
    path("pickers/size/", pickers.size, name="picker_size"),
]
