"""The walls of the house: what import-linter sees, and what it cannot see."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "aqyn"

# Bottom to top. Two on one line stand beside each other and do not know one another.
LAYERS = [{"core"}, {"media"}, {"ui"}, {"post"}, {"people"}, {"payments"}, {"songs"}, {"releases", "shows"}]
LAYERS += [{"calls"}, {"tickets"}, {"causes", "stage"}, {"reach"}, {"insight"}, {"site"}]
HEIGHT = {part: height for height, parts in enumerate(LAYERS) for part in parts}
OURS = [app for app in apps.get_app_configs() if app.name.startswith("aqyn.")]


def may_use(user: str, used: str) -> bool:
    return user == used or HEIGHT[user] > HEIGHT[used]


def test_every_part_has_its_layer():
    parts = {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").exists()}
    assert parts <= set(HEIGHT)


def test_imports_keep_to_the_layers():
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_app_keeps_its_models_and_views_to_itself():
    """One `protected` contract for each app that has models or views, in pyproject.toml."""
    protected = set(re.findall(r'"(aqyn\.\w+\.(?:models|views))"', (ROOT / "pyproject.toml").read_text()))
    has = {
        f"{app.name}.{name}"
        for app in OURS
        for name in ("models", "views")
        if app.label not in ("ui", "site") and list(Path(app.path).glob(f"{name}*"))
    }
    assert has <= protected


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_foreign_keys_point_down(app):
    up = [
        f"{model.__name__}.{field.name} → {field.remote_field.model._meta.label}"
        for model in app.get_models()
        for field in [*model._meta.get_fields()]
        if getattr(field, "remote_field", None) and not field.auto_created
        for target in [field.remote_field.model._meta.app_config]
        if target.name.startswith("aqyn.") and not may_use(app.label, target.label)
    ]
    assert up == []


RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


@pytest.mark.parametrize("app", OURS, ids=lambda app: app.label)
def test_foreign_keys_to_other_apps_are_strings(app):
    for file in [*Path(app.path).glob("models.py"), *Path(app.path).glob("models/*.py")]:
        tree = ast.parse(file.read_text())
        own = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in RELATIONS:
                target = node.args[0] if node.args else next(k.value for k in node.keywords if k.arg == "to")
                assert isinstance(target, ast.Constant) or target.id in own, ast.unparse(node)


TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.*"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.relative_to(SOURCE).as_posix())
def test_templates_include_only_what_lies_below(template):
    user = template.relative_to(SOURCE).parts[0]
    named = re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']", template.read_text("utf-8"))
    used = [name for name in named if name.split("/")[0] in HEIGHT]
    assert [name for name in used if not may_use(user, name.split("/")[0])] == []
    assert [name for name in used if not (SOURCE / name.split("/")[0] / "templates" / name).exists()] == []


def walk(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, pattern.namespace or namespace)
        else:
            yield f"{namespace}:{pattern.name}", pattern.callback


URLS = dict(walk(get_resolver().url_patterns))


def named_in_templates():
    for template in TEMPLATES:
        for name in re.findall(r"{%\s*url\s+[\"']([^\"']+)[\"']", template.read_text("utf-8")):
            yield template, name


def named_in_python():
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = getattr(
                getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")
            )
            if called in ("reverse", "reverse_lazy", "redirect") and node.args:
                name = getattr(node.args[0], "value", None)
                if isinstance(name, str) and not name.startswith("/"):
                    yield file, name


def test_names_of_addresses_exist_and_lie_below():
    wrong = []
    for file, name in [*named_in_templates(), *named_in_python()]:
        user = file.relative_to(SOURCE).parts[0]
        owner = name.split(":")[0].removesuffix("-plain").removesuffix("-studio")
        if name not in URLS or not may_use(user, owner):
            wrong.append(f"{file.relative_to(SOURCE)}: {name}")
    assert wrong == []
