"""The addresses of HSDS's API reference: without a slash at the end."""

from django.urls import path, re_path

from . import entrance, views

urlpatterns = [
    path("", entrance.Root.as_view(), name="hsds-root"),
    path("services", views.Services.as_view(), name="hsds-services"),
    path("services/<uuid:id>", views.ServiceDetail.as_view(), name="hsds-service"),
    path("organizations", views.Organizations.as_view(), name="hsds-organizations"),
    path("organizations/<uuid:id>", views.OrganizationDetail.as_view(), name="hsds-organization"),
    path("taxonomies", views.Taxonomies.as_view(), name="hsds-taxonomies"),
    path("taxonomies/<uuid:id>", views.TaxonomyDetail.as_view(), name="hsds-taxonomy"),
    path("taxonomy_terms", views.Terms.as_view(), name="hsds-taxonomy-terms"),
    path("taxonomy_terms/<uuid:id>", views.TermDetail.as_view(), name="hsds-taxonomy-term"),
    path("export.json", views.Export.as_view(), name="hsds-export"),
    path("profile", entrance.Profile.as_view(), name="hsds-profile"),
    path("profile/<slug:name>.json", entrance.ProfileFile.as_view(), name="hsds-profile-file"),
    re_path(r"^(?:[a-z_]+/)?(?P<last>[a-z0-9_-]+)/$", entrance.without_slash),
]
