"""Reads all that a workspace holds, so that every problem of every file is told at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from ...data.errors import InputError, Problems
from ...data.readers.config import CONFIG_FILE, read_config
from ...data.readers.contacts import read_history
from ...data.readers.scenario import read_scenario
from ...data.readers.workspace import input_files
from ..exports.templates.catalogue import TEMPLATES_FOLDER
from ..exports.templates.library import all_templates
from ..exports.templates.reading import read_template
from .folder import (
    Workspace,
    open_workspace,
    previous_rows,
    read_history_of,
)
from .history import History
from .names import EXPORTS_FOLDER, HR_TEMPLATE_FILE, SCENARIOS_FOLDER


def read_everything(folder: Path) -> tuple[Workspace, History]:
    """The workspace and its history. Raises InputError with every problem of the centre's files,
    the contacts, the rosters before, the scenarios and the templates of exports together."""
    problems = Problems()
    place: Workspace | None = None
    history: History | None = None
    try:
        place = open_workspace(folder)
    except InputError as error:
        problems.extend(error.problems)
        _gather(problems, partial(_read_contacts_alone, folder))
    if place is not None:
        try:
            history = read_history_of(place)
        except InputError as error:
            problems.extend(error.problems)
        _gather(problems, partial(previous_rows, place))
        for path in sorted((folder / SCENARIOS_FOLDER).glob("*.toml")):
            _gather(problems, partial(read_scenario, path, place.centre))
        template = place.settings.hr_template or folder / HR_TEMPLATE_FILE
        if template.exists() or place.settings.hr_template is not None:
            _gather(problems, partial(read_template, template))
        _gather(problems, partial(all_templates, folder / EXPORTS_FOLDER / TEMPLATES_FOLDER))
    problems.raise_if_any()
    if place is None or history is None:
        raise ValueError("a workspace that cannot be read tells no problem")
    return place, history


def _gather(problems: Problems, read: Callable[[], object]) -> None:
    """Keeps the problems of a file that is read only to see whether it can be."""
    try:
        read()
    except InputError as error:
        problems.extend(error.problems)


def _read_contacts_alone(folder: Path) -> None:
    """The contacts of a workspace whose other files are wrong, if its settings can be read."""
    config = read_config(folder / CONFIG_FILE, Problems())
    if config is None:
        return
    path = input_files(folder, config.files, Problems()).get("contacts")
    if path is not None and path.exists():
        queues = tuple(queue.name for queue in config.queues)
        read_history(
            path,
            config.settings.contacts,
            tz=config.tz,
            interval_min=config.interval_min,
            queues=queues,
        )
