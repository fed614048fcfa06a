"""An environment of its own for peers, from wherever pip is set up to install from."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class PeersEnvironment:
    """The folder `name` at the project's root, with the versions of a file of requirements and the
    interpreter that makes it (an older one may mean older versions). The folder keeps itself out
    of version control."""

    name: str
    requirements: Path

    @property
    def python(self) -> Path:
        return ROOT / self.name / "bin" / "python"

    @property
    def _made_from(self) -> Path:
        return ROOT / self.name / "made-from.txt"

    def is_ready(self) -> bool:
        """Whether it is there with the versions asked for."""
        wanted = self.requirements.read_text(encoding="utf-8")
        return self._made_from.is_file() and self._made_from.read_text(encoding="utf-8") == wanted

    def make(self, interpreter: str = sys.executable) -> None:
        """Makes it anew; it counts as ready only when everything is installed."""
        print(f"Installing into {self.name} …", flush=True)
        folder = ROOT / self.name
        subprocess.run([interpreter, "-m", "venv", "--clear", str(folder)], check=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--requirement", str(self.requirements)], check=True)
        self._made_from.write_text(self.requirements.read_text(encoding="utf-8"), encoding="utf-8")
