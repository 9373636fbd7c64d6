"""Japanese telephone numbers as people write them, dial them and hear them."""

import re
import unicodedata

# Service numbers (#8891), three-digit numbers (110, 188, 189), and 0-prefixed numbers of 10 or 11 digits.
_SHORT = re.compile(r"#\d{4}\Z")
_THREE = re.compile(r"1\d{2}\Z")
_LONG = re.compile(r"0\d{9,10}\Z")
_DASHES = "‐‑‒–—―−ー－ｰ"


def normalise(value: str) -> str:
    """Full-width digits and signs made half-width, all dashes made "-", spaces taken out."""
    return re.sub(r"\s", "", with_plain_dashes(unicodedata.normalize("NFKC", value)))


def with_plain_dashes(text: str) -> str:
    """Whatever dash a keyboard typed becomes "-" (the long vowel mark too: it stands where a Japanese keyboard has the dash)."""
    return re.sub(f"[{_DASHES}]", "-", text)


def digits(value: str) -> str:
    """The digits (and a leading #) that are pressed."""
    return re.sub(r"[^\d#]", "", normalise(value))


def is_wellformed(value: str) -> bool:
    pressed = digits(value)
    shown = normalise(value)
    if not re.fullmatch(r"#?[\d-]+", shown) or shown.startswith("-") or shown.endswith("-") or "--" in shown:
        return False
    return bool(_SHORT.match(pressed) or _THREE.match(pressed) or _LONG.match(pressed))


def is_short_code(value: str) -> bool:
    """Numbers with # cannot stand in a tel: link: iPhones do not dial them."""
    return digits(value).startswith("#")


def tel_uri(value: str) -> str:
    """The tel: address, or "" for a number that must be pressed by hand."""
    return "" if is_short_code(value) else f"tel:{digits(value)}"


def international(value: str) -> str:
    """The number as it is written for the world, +81-3-1234-5678; a short one (#8891, 110) as it is."""
    shown = normalise(value)
    return f"+81-{shown[1:]}" if shown.startswith("0") else shown


def is_navi_dial(value: str) -> bool:
    """0570 numbers cost money from the first second, outside flat-rate plans."""
    return digits(value).startswith("0570")


def is_toll_free(value: str) -> bool:
    return digits(value).startswith(("0120", "0800"))


# What looks like a telephone number within a text. Japanese may stand right beside it, Latin letters and addresses may not.
_IN_TEXT = re.compile(
    r"(?<![A-Za-z0-9_#./-])(?:0\d{1,4}-\d{1,4}-\d{2,5}|0\d{2,3}-\d{6}|0\d{9,10}|#\d{4})(?![A-Za-z0-9_-])", re.ASCII
)


def find_numbers(text: str) -> list[str]:
    """The telephone numbers that a running text names (three-digit ones aside)."""
    return _IN_TEXT.findall(with_plain_dashes(unicodedata.normalize("NFKC", text)))
