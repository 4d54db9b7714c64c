"""pyproject.toml, requirements.lock and environment.yml agree; the lock is complete and names no address."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import analysis
import lock

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK_TEXT = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENVIRONMENT_TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
ENVIRONMENT = yaml.safe_load(ENVIRONMENT_TEXT)

LOCKED = [Requirement(line) for line in lock.pins(LOCK_TEXT)]
BOUNDS = [
    Requirement(line)
    for group in (
        PROJECT["project"]["dependencies"],
        *(PROJECT["project"]["optional-dependencies"][extra] for extra in lock.locked_extras()),
        PROJECT["build-system"]["requires"],
    )
    for line in group
]


def version_of(pin: Requirement) -> str:
    """The one version that a pin allows."""
    (specifier,) = pin.specifier
    assert specifier.operator == "==", f"{pin} is not pinned with =="
    return specifier.version


def pip_section() -> list[str]:
    """What environment.yml hands to pip."""
    (section,) = (entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict))
    return section


@pytest.mark.parametrize("bound", BOUNDS, ids=str)
def test_each_bound_is_met_by_the_lock(bound):
    pins = [pin for pin in LOCKED if canonicalize_name(pin.name) == canonicalize_name(bound.name)]
    assert pins, f"{bound.name} is missing from requirements.lock: run `make lock`"
    assert all(bound.specifier.contains(version_of(pin)) for pin in pins)


@pytest.mark.parametrize("bound", BOUNDS, ids=str)
def test_each_direct_dependency_has_a_lower_bound(bound):
    assert any(specifier.operator == ">=" for specifier in bound.specifier)


def test_direct_dependencies_are_pinned_once_for_every_python_and_platform():
    counts = Counter(canonicalize_name(pin.name) for pin in LOCKED)
    direct = {canonicalize_name(bound.name) for bound in BOUNDS}
    assert {name: counts[name] for name in direct} == dict.fromkeys(direct, 1)
    assert [str(pin) for pin in LOCKED if canonicalize_name(pin.name) in direct and pin.marker] == []


def test_every_locked_package_carries_hashes():
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK_TEXT, flags=re.MULTILINE)[1:]
    assert len(entries) == len(LOCKED) > 100
    hashed = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
    assert [entry.splitlines()[0] for entry in entries if not hashed.search(entry)] == []


def test_every_line_of_the_lock_is_a_pin_a_hash_or_a_comment():
    shape = re.compile(r"\S+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*")
    assert [line for line in LOCK_TEXT.splitlines() if not shape.fullmatch(line)] == []


@pytest.mark.parametrize("text", [LOCK_TEXT, ENVIRONMENT_TEXT], ids=["requirements.lock", "environment.yml"])
def test_no_address_and_no_path_of_a_machine(text):
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text
    assert re.findall(r"(?<![\w.])/(?:home|root|tmp|work|usr|opt|Users)\b", text) == []


def test_the_environment_pins_what_the_lock_pins_and_installs_the_project():
    project, *pins = pip_section()
    assert project == "-e ."
    assert pins == lock.pins(LOCK_TEXT)


def test_the_environment_takes_python_and_pip_from_conda_forge_alone():
    assert ENVIRONMENT["name"] == PROJECT["project"]["name"]
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]
    python, pip = (entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str))
    assert pip == "pip"
    name, _, version = python.partition("=")
    assert name == "python"
    assert SpecifierSet(PROJECT["project"]["requires-python"]).contains(f"{version}.0")
    assert f"Programming Language :: Python :: {version}" in PROJECT["project"]["classifiers"]


def test_binder_reads_the_environment_from_the_root():
    # Binder looks into these folders first, and then no longer at the root.
    assert not (ROOT / "binder").exists()
    assert not (ROOT / ".binder").exists()


def test_the_project_installs_without_a_build_environment_of_its_own():
    # `make setup` builds with what the lock installed, so the lock must hold what the build asks for.
    dev = PROJECT["project"]["optional-dependencies"]["dev"]
    assert [need for need in PROJECT["build-system"]["requires"] if need not in dev] == []


def test_one_version_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert PROJECT["project"]["version"] == analysis.__version__ == citation["version"]
    assert PROJECT["project"]["license"] == citation["license"]
    assert PROJECT["project"]["authors"] == citation["authors"]
