"""Where something was read."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models

from catalog.directory.codes import Publisher

# Copies, caches, blogs and posts: whoever follows such an address meets a stranger, or a page that is not the publisher's any more.
_NOT_CITED = re.compile(
    r"""(^|\.)(cache\.yimg\.jp | webcache\. | archive\.(org|is|ph|today) | proxyfly\.org | github\.com | githubusercontent\.com
    | gitlab\.com | ameblo\.jp | note\.com | hatenablog\.(com|jp) | hatena\.ne\.jp | blogspot\. | blog\. | [\w-]*blog\.[a-z]+$
    | fc2\.com | livedoor\.(jp|blog)$ | facebook\.com | twitter\.com | x\.com | instagram\.com | wikipedia\.org
    | qiita\.com | datazoo\.jp | vdocuments\.)""",
    re.VERBOSE,
)


class Citation(models.Model):
    """An address of a name, or, where there is none, the publisher's site by its name."""

    position = models.PositiveSmallIntegerField("並び順", default=0)
    url = models.CharField("アドレス", max_length=600, blank=True)
    title = models.CharField("資料の名前", max_length=160, blank=True)
    publisher = models.CharField("出した人の種類", max_length=15, choices=Publisher.choices())
    publisher_name = models.CharField("出した人", max_length=80, blank=True)
    page_date = models.CharField("資料の日付", max_length=30, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title or self.url

    def clean(self) -> None:
        if not self.url and not self.title:
            raise ValidationError({"url": "アドレスか、資料の名前を書いてください。"})
        if self.url and not is_public_url(self.url):
            raise ValidationError(
                {
                    "url": "http:// か https:// で始まる、名前のあるアドレスを書いてください。"
                    "見えない文字、@ の前の名前やパスワードは入れられません。"
                }
            )


def is_public_url(value: str) -> bool:
    """An http(s) address with a host name, which reads as it leads: no bare IP address, which says nothing about who is speaking, no
    name or password before the host, and no character that browsers show or read in another way than people do."""
    if has_hidden_characters(value) or "\\" in value:
        return False
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").encode("idna").decode("ascii").rstrip(".")
        _ = parts.port  # raises where it is no number
    except ValueError:  # UnicodeError is one
        return False
    is_named = "." in host and ":" not in host and not re.match(r"\d|0x", host.rpartition(".")[2])
    return parts.scheme in {"http", "https"} and is_named and "@" not in parts.netloc


def is_copy_or_blog(url: str) -> bool:
    """Whether an address must not be cited: it leads to a copy of a page, a blog, a post or a code repository.

    The desk's forms refuse it. What was cited before keeps an installation publishing, with a warning (catalog.release.warnings).
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return bool(_NOT_CITED.search(host))


def looks_like_address(value: str) -> bool:
    """Whether a program may take this for an address: it begins with a scheme, as https: and javascript: do."""
    return bool(re.match(r"\s*[a-z][a-z0-9+.-]{0,30}:", value, re.IGNORECASE | re.ASCII))


def has_hidden_characters(value: str) -> bool:
    """Blanks, line breaks, and what shows nothing or turns the writing round (U+200B, U+202E)."""
    return any(unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"} for char in value)
