"""The order of the parts: imports, names in strings and templates point downwards only, and nothing goes round in a circle."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# The lowest first. Parts in one line know nothing of each other. A module belongs to the longest name that it begins with.
LAYERS = (
    ("catalog.text",),
    ("catalog.hours",),
    ("catalog.directory",),
    ("catalog.models",),
    ("catalog.comparison",),
    ("catalog.release",),
    ("catalog.pages",),
    ("catalog",),  # its template tags and commands
    ("chatbot",),
    ("reports",),
    ("desk", "api"),
    ("notalone",),
)
HEIGHT = {part: height for height, parts in enumerate(LAYERS) for part in parts}
# All else in the chatbot is its engine. That needs neither Django nor the pages, so that it can answer elsewhere than on a website.
NOT_ENGINE = (
    "adopting", "apps", "cards", "child_reader", "child_views", "diff", "forms", "management", "models", "urls", "views", "warnings",
)  # fmt: skip
# Imports within functions, each with its reason.
LATE_IMPORTS = {
    "desk.apps": "ready() reads models, which are not loaded when the module is",
    "chatbot.apps": "ready() reads models, which are not loaded when the module is",
}
# Templates that do not stand in a folder with their part's name: what all share, and folders of other names.
SHARED = dict.fromkeys(("base.html", "_failed.html", "_htmx.html", "_illustration.html", "_strip.html"), "catalog")
TEMPLATE_PARTS = SHARED | {"under18": "chatbot", "admin": "desk"}


def _modules() -> dict[str, ast.Module]:
    files = [file for part in HEIGHT if "." not in part for file in (ROOT / part).rglob("*.py")]
    names = {".".join(file.relative_to(ROOT).with_suffix("").parts): file for file in files}
    return {
        name.removesuffix(".__init__"): ast.parse(file.read_text())
        for name, file in names.items()
        if ".migrations" not in name
    }


MODULES = _modules()
INNER_MODULES = {name for name in MODULES if "." in name}  # "catalog.support" names a model
PACKAGES = {name.rpartition(".")[0] for name in MODULES}
TEMPLATES = {str(file.relative_to(ROOT / "templates")): file for file in (ROOT / "templates").rglob("*.*")}
TAG_LIBRARIES = {file.stem: file.parts[-3] for file in ROOT.glob("*/templatetags/*.py")}  # its part for each


def _part(module: str) -> str:
    return max((part for part in HEIGHT if f"{module}.".startswith(f"{part}.")), key=len)


def _part_of_template(name: str) -> str:
    folder = name.split("/")[0]
    return TEMPLATE_PARTS.get(folder, folder if folder in HEIGHT else "notalone")


def _may_know(part: str, other: str) -> bool:
    return part == other or HEIGHT[part] > HEIGHT[other]


def _imports(module: str, tree: ast.AST) -> Iterator[str]:
    """The modules of ours that are imported anywhere in the tree."""
    package = module if module in PACKAGES else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            named = {f"{base}.{alias.name}" for alias in node.names} & MODULES.keys()
            yield from named or ({base} & MODULES.keys())


def _parts_in_strings(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(string, part) for each string that is the name of a template, of a module or of something in a module."""
    for string in (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)):
        if string in TEMPLATES:
            yield string, _part_of_template(string)
        elif isinstance(string, str) and {string, string.rpartition(".")[0]} & INNER_MODULES:
            yield string, string.split(".")[0]


def test_the_engine_loads_neither_django_nor_the_pages() -> None:
    below = ("catalog.text.", "catalog.hours.", "catalog.directory.")
    engine = [name for name in MODULES if name.startswith("chatbot.") and name.split(".")[1] not in NOT_ENGINE]
    program = f"import sys, {', '.join([*engine, *(name for name in MODULES if name.startswith(below))])}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert not [name for name in loaded.stdout.split() if f"{name}.".startswith(("django.", "catalog.pages."))]


def test_imports_point_downwards() -> None:
    upwards = {
        f"{module} -> {other}"
        for module, tree in MODULES.items()
        for other in _imports(module, tree)
        if not _may_know(_part(module), _part(other))
    }
    assert not upwards


def test_no_module_names_a_higher_part_in_a_string() -> None:
    upwards = {
        f"{module}: {string}"
        for module, tree in MODULES.items()
        for string, part in _parts_in_strings(tree)
        if not _may_know(module.split(".")[0], part)
    }
    assert not upwards


def test_no_import_goes_round_in_a_circle() -> None:
    TopologicalSorter({module: {*_imports(module, tree)} - {module} for module, tree in MODULES.items()}).prepare()


def test_imports_stand_at_the_top_of_their_module() -> None:
    late = {
        module
        for module, tree in MODULES.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    }
    assert late == LATE_IMPORTS.keys()


def test_templates_load_extend_and_include_downwards() -> None:
    upwards = {
        f"{name}: {other}"
        for name, file in TEMPLATES.items()
        for other, part in _used_by_template(file.read_text())
        if not _may_know(_part_of_template(name), part)
    }
    assert not upwards


def _used_by_template(text: str) -> Iterator[tuple[str, str]]:
    """(name, part) of each template and each tag library of ours."""
    for other in re.findall(r'{% (?:extends|include) "([^"]+)"', text):
        yield other, _part_of_template(other)
    loaded = {library for names in re.findall(r"{% load ([^%]+) %}", text) for library in names.split()}
    yield from ((library, TAG_LIBRARIES[library]) for library in loaded & TAG_LIBRARIES.keys())


@pytest.mark.parametrize("variable", ["conversation", "found", "page", "turns"])
def test_templates_of_the_catalogue_read_no_variable_of_the_chatbot(variable: str) -> None:
    of_the_catalogue = [name for name in TEMPLATES if _part_of_template(name) == "catalog"]
    read = re.compile(rf"{{[{{%][^}}]*(?<![.\w]){variable}\b")
    assert not [name for name in of_the_catalogue if read.search(TEMPLATES[name].read_text())]
