"""Compiles the catalogues when a wheel is built (hatchling calls this, the program never does)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface[BuilderConfig]):
    """Puts a fresh `<language>.mo` of each language into the wheel, without its sources: those
    would make an installed catalogue look out of date."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        try:
            from viewer.words.compile import write
        finally:
            sys.path.remove(self.root)
        folder = Path(self.root, "resources", "words")
        for sources in sorted(each for each in folder.iterdir() if each.is_dir()):
            write(folder, sources.name)
            compiled = f"{sources.name}.mo"
            build_data["force_include"][str(folder / compiled)] = (
                f"viewer/_resources/words/{compiled}"
            )
