"""The wheel holds all that the program needs, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]


def ran(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command without what this environment would lend to it."""
    lent = {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}
    environment = {name: value for name, value in os.environ.items() if name not in lent}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "ALLIANCE_TIMELINE_LANGUAGE": "ko"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    ran(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, cwd=ROOT)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_code_seeds_words_and_themes_and_no_tests(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in (
        "db/_seeds/events.toml",
        "viewer/_resources/themes/light.toml",
        "viewer/_resources/words/ko.mo",
        "viewer/_resources/words/en.mo",
        "viewer/cli/program.py",
    ):
        assert name in names
    assert not [name for name in names if name.startswith("tests/") or "screenshots" in name]
    assert [name for name in names if name.endswith("/licenses/LICENSE")]


def test_new_and_export_work_from_a_clean_environment_in_another_folder(
    wheel: Path, tmp_path: Path
) -> None:
    environment = tmp_path / "새 환경"
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    ran(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    folder = tmp_path / "작업"
    folder.mkdir()
    program = scripts / "alliance-timeline"
    ran(program, "new", "동맹.alliance", cwd=folder)
    ran(program, "check", "동맹.alliance", cwd=folder)
    for suffix in ("png", "svg", "pdf"):
        ran(program, "export", "동맹.alliance", f"그림.{suffix}", cwd=folder)
        assert (folder / f"그림.{suffix}").stat().st_size > 10_000
    assert "상호방위조약" in (folder / "그림.svg").read_text(encoding="utf-8")
