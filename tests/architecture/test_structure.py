"""The rules of the house that import contracts cannot see."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from ejlas.core import background

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "ejlas"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
HEAVY = ("ortools", "scipy", "numba", "pyvrp", "typst", "cv2")

LAYERS = {
    name: level
    for level, names in enumerate(
        [
            ["core"],
            ["accounts"],
            ["forum"],
            ["delegations"],
            ["programme"],
            ["protocol", "logistics", "outcomes", "media"],
            ["readiness"],
            ["planning"],
        ]
    )
    for name in names
}


def _level(label: str) -> int:
    module = apps.get_app_config(label).name
    return LAYERS[module.removeprefix("ejlas.").split(".")[0]]


def test_no_key_points_up_or_sideways():
    own = [model for model in apps.get_models() if model.__module__.startswith("ejlas.")]

    up = [
        f"{model._meta.label}.{field.name}"
        for model in own
        for field in model._meta.get_fields()
        if (field.many_to_one or field.one_to_one or field.many_to_many)
        and not field.auto_created
        and field.related_model is not None
        and field.related_model.__module__.startswith("ejlas.")
        and field.related_model._meta.app_label != model._meta.app_label
        and _level(field.related_model._meta.app_label) >= _level(model._meta.app_label)
    ]

    assert up == []


def test_every_package_with_tables_is_listed_in_the_contract_inside():
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    listed = set(contracts["importlinter:contract:inside"]["containers"].split())

    homes = [path.parent for path in PACKAGE.rglob("*") if path.name in {"models.py", "models"}]
    with_tables = {"ejlas." + ".".join(home.relative_to(PACKAGE).parts) for home in homes}

    assert with_tables <= listed


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_says_what_lives_here_and_fits(path):
    text = path.read_text(encoding="utf-8")

    tree = ast.parse(text)

    assert ast.get_docstring(tree), "no docstring"
    assert len(text.splitlines()) <= 400
    assert path.stem not in {"utils", "helpers", "services", "common", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_functions_are_short(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines_of_code(node) > 40
    ]

    assert long == []


def _lines_of_code(node):
    docstring = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
    return node.end_lineno - node.lineno + 1 - docstring


def test_save_stands_in_operations_alone():
    allowed = {"operations", "changes"}

    elsewhere = [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if path.stem not in allowed
        and not allowed & {parent.name for parent in path.parents}
        and re.search(r"\.(save|bulk_create|bulk_update|update_or_create)\(|objects\.create\(", path.read_text())
    ]

    assert elsewhere == []


def test_every_enqueued_name_is_a_task():
    names = [
        name
        for path in MODULES
        for name in re.findall(r"background\.enqueue\(\s*\"([^\"]+)\"", path.read_text(encoding="utf-8"))
    ]

    tasks = [background.task_of(name) for name in names]

    assert names
    assert all(tasks)


def test_templates_are_short_and_hold_no_script_or_style():
    templates = sorted(PACKAGE.rglob("templates/**/*.html"))

    faults = []
    for path in templates:
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > 150:
            faults.append(f"{path.name}: too long")
        if re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|application/(ld\+)?json))", text):
            faults.append(f"{path.name}: inline script or style")
        if re.search(r"margin-(left|right)|padding-(left|right)", text):
            faults.append(f"{path.name}: a side instead of a direction")

    assert templates
    assert faults == []


def test_styles_name_directions_not_sides():
    sheets = sorted((ROOT / "frontend" / "styles").rglob("*.css"))

    sided = [
        f"{path.name}: {line.strip()}"
        for path in sheets
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"(margin|padding|border)-(left|right)|(?<![-\w])(left|right):|text-align: (left|right)", line)
    ]

    assert sheets
    assert sided == []


def _loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_web_application_starts_without_the_heavy_libraries():
    code = (
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'ejlas.config.settings'\n"
        "from ejlas.config.wsgi import application\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "from django.urls import reverse; reverse('public:home', args=['fa', 'x1'])"
    )

    loaded = _loaded_after(code)

    assert "ejlas.web.public.urls" in loaded
    assert {"ninja", "pydantic", "ejlas.web.api.urls"} & loaded == set()
    assert [name for name in HEAVY if name in loaded] == []


def test_help_loads_neither_the_framework_nor_the_heavy_libraries():
    code = (
        "from ejlas.cli.main import parser\n"
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    parser().parse_args(['plan', '--help'])"
    )

    loaded = _loaded_after(code)

    assert [name for name in (*HEAVY, "django", "numpy", "pydantic") if name in loaded] == []


def test_the_tree_names_no_place_of_this_machine_and_no_registry():
    files = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split("\n")
    words = ["/wo" + "rk/", "py" + "pi.org", "python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian"]

    found = [
        f"{name}: {word}"
        for name in files
        if name and (ROOT / name).is_file()
        for word in words
        if word in (ROOT / name).read_text(encoding="utf-8", errors="ignore")
    ]

    assert found == []
