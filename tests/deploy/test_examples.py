"""The example files, held against the programs and schemas that read them."""

import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
CHECKS = {
    "Dockerfile": ("hadolint",),
    "compose.yaml": ("check-jsonschema", "--builtin-schema", "vendor.compose-spec"),
    "kubernetes.yaml": ("kubernetes-validate", "--strict"),
}


@pytest.mark.parametrize("name", CHECKS)
def test_example_is_what_its_reader_expects(name):
    program, *options = CHECKS[name]

    done = subprocess.run(
        [str(Path(sys.executable).parent / program), *options, str(DEPLOY / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout + done.stderr) == (0, done.stdout + done.stderr)
