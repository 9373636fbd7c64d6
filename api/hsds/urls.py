"""The addresses of HSDS's API reference: without a slash at the end."""

from django.urls import path

from . import organization_views, root, taxonomy_views, views

addresses = [
    path("services", views.Services.as_view(), name="hsds-services"),
    path("services/<uuid:id>", views.ServiceDetail.as_view(), name="hsds-service"),
    path("organizations", organization_views.Organizations.as_view(), name="hsds-organizations"),
    path("organizations/<uuid:id>", organization_views.OrganizationDetail.as_view(), name="hsds-organization"),
    path("taxonomies", taxonomy_views.Taxonomies.as_view(), name="hsds-taxonomies"),
    path("taxonomies/<uuid:id>", taxonomy_views.TaxonomyDetail.as_view(), name="hsds-taxonomy"),
    path("taxonomy_terms", taxonomy_views.Terms.as_view(), name="hsds-taxonomy-terms"),
    path("taxonomy_terms/<uuid:id>", taxonomy_views.TermDetail.as_view(), name="hsds-taxonomy-term"),
    path("export.json", views.Export.as_view(), name="hsds-export"),
    path("japan", root.Profile.as_view(), name="hsds-profile"),
    path("japan/profile/<slug:name>.json", root.ProfileFile.as_view(), name="hsds-profile-file"),
]
urlpatterns = [
    path("", root.Root.as_view(), name="hsds-root"),
    *addresses,
    *(path(f"{address.pattern}/", root.without_slash) for address in addresses),
]
