"""The whole Release in one file."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from rest_framework import serializers

from api.licence import LICENCE
from api.site import SiteData, site_data
from catalog.pages.decorators import public_url
from catalog.release.caching import kept

from . import HSDS_VERSION
from .organizations import OrganizationSummary, organization_row, organizations
from .profile import PROFILE_VERSION
from .services import ServiceData, by_uuid, service
from .snapshot import ReleaseSnapshot
from .taxonomies import TaxonomyData, TermData, taxonomies, terms


class LicenceData(serializers.Serializer[Any]):
    """使うときの約束。"""

    name = serializers.CharField(help_text="ライセンスの名前。")
    url = serializers.URLField(help_text="ライセンスの文。")


class ExportData(serializers.Serializer[Any]):
    """公開版の全部。"""

    version = serializers.CharField(help_text="HSDS の版。")
    profile = serializers.URLField(help_text="日本プロファイルの説明。")
    profile_version = serializers.CharField(help_text="日本プロファイルの版。")
    release = serializers.IntegerField(help_text="公開版の番号。")
    publisher = serializers.URLField(help_text="どこのデータか。")
    site = SiteData(help_text="だれが運営し、いつの内容か。")
    license = LicenceData(help_text="使うときの約束。")
    organizations = OrganizationSummary(many=True, help_text="運営しているところ。")
    services = ServiceData(many=True, help_text="支援のすべての項目。HSDS の service_package。")
    taxonomies = TaxonomyData(many=True, help_text="分類。")
    taxonomy_terms = TermData(many=True, help_text="分類のことば。")


def export(snapshot: ReleaseSnapshot) -> dict[str, Any]:
    directory = snapshot.directory
    return {
        "version": HSDS_VERSION,
        "profile": public_url("api:hsds-profile"),
        "profile_version": PROFILE_VERSION,
        "release": directory.number,
        "publisher": f"{settings.SITE_URL}/",
        "site": site_data(),
        "license": LICENCE,
        "organizations": [organization_row(organization) for organization in organizations(directory).values()],
        "services": [service(snapshot, support) for support in by_uuid(directory).values()],
        "taxonomies": list(taxonomies(directory).values()),
        "taxonomy_terms": list(terms(directory).values()),
    }


@kept(1)
def export_file(snapshot: ReleaseSnapshot) -> bytes:
    return json.dumps(export(snapshot), ensure_ascii=False).encode()
