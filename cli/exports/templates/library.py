"""The templates there are: ours, and the workspace's own, which go before ours of the same name."""

from __future__ import annotations

from pathlib import Path

from ....data.errors import InputError, Problem, Problems
from ....data.readers.values import suggestion
from .catalogue import built_in, built_in_names, template_names
from .reading import parse_template, read_template
from .template import Template


def template_text(name: str) -> str:
    """The text of a template of ours, comments and all. InputError if there is none of the name."""
    if name not in built_in_names():
        raise _unknown(name, built_in_names())
    return built_in(name).read_text(encoding="utf-8")


def find_template(name: str, folder: Path) -> Template:
    """The template of a name. InputError if there is none, or with everything wrong with it."""
    path = folder / f"{name}.toml"
    if path.name == f"{name}.toml" and path.is_file():
        return read_template(path)
    if name not in built_in_names():
        raise _unknown(name, template_names(folder))
    return parse_template(template_text(name), f"{name}.toml")


def all_templates(folder: Path) -> tuple[Template, ...]:
    """Every template, by name. InputError with everything that is wrong with any."""
    problems, found = Problems(), []
    for name in template_names(folder):
        try:
            found.append(find_template(name, folder))
        except InputError as error:
            problems.extend(error.problems)
    problems.raise_if_any()
    return tuple(found)


def _unknown(name: str, names: tuple[str, ...]) -> InputError:
    near = suggestion(name, list(names)) or ", ".join(names)
    return InputError(Problem("exports.template.unknown", {"name": name, "near": near}))
