from __future__ import annotations

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from . import release_views, views


def urls(site: AdminSite) -> list[URLPattern]:
    """Names stand in the namespace "admin". Wrap each view in site.admin_view, which asks for both factors."""
    views_by_path = {
        ("publish/", "publish"): views.publish_page,
        ("publish/now/", "publish-now"): views.publish_now,
        ("publish/check/", "publish-check"): views.problems,
        ("publish/paths/", "publish-paths"): views.paths,
        ("publish/ask/", "publish-ask"): views.ask,
        ("publish/requests/<int:pk>/approve/", "publish-approve"): views.approve,
        ("publish/requests/<int:pk>/withdraw/", "publish-withdraw"): views.withdraw,
        ("releases/", "releases"): release_views.release_list,
        ("releases/compare/", "release-compare"): release_views.compare_two,
        ("releases/<int:number>/", "release"): release_views.release_page,
        ("releases/<int:number>/restore/", "release-restore"): release_views.restore,
    }
    return [path(address, site.admin_view(view), name=name) for (address, name), view in views_by_path.items()]
