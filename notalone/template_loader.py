"""Load our templates without their indentation: it says nothing to a browser, and would be a fortieth of what a telephone fetches."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader as FilesystemLoader


class Loader(FilesystemLoader):
    """No template may rely on blanks at the beginning of a line, as within <pre>; what variables bring is left as it is."""

    def get_contents(self, origin: Origin) -> str:
        contents: str = super().get_contents(origin)
        return re.sub(r"\n[ \t]+", "\n", contents)
