"""Logs: one line of JSON for each thing that happened, and no CPR number, wherever it stands."""

import json
import subprocess
import sys

import pytest

CPR = "610180-1234"


def written(code: str, level: str = "info") -> list[str]:
    """The lines that a process of its own writes when it does what *code* says."""
    begin = f"import logging, structlog; from runtime.logging import configure; configure({level!r})\n"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", f"{begin}log = structlog.get_logger()\n{code}"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert done.stdout == "", "logs go to standard error, answers to standard output"
    return done.stderr.splitlines()


def test_a_line_says_when_what_and_how_grave() -> None:
    [line] = written("log.info('letter_sent', pathway='p-1', attempt=2)")
    told = json.loads(line)
    assert told.pop("timestamp").endswith("Z")
    assert told == {"event": "letter_sent", "level": "info", "pathway": "p-1", "attempt": 2}


def test_what_is_less_grave_than_asked_for_is_not_written() -> None:
    assert written("log.info('letter_sent')", "warning") == []
    assert len(written("log.warning('not_swept')", "warning")) == 1


@pytest.mark.parametrize(
    "code",
    [
        f"log.info('who', about='{CPR}')",
        f"log.info('{CPR}')",
        f"log.info('who', **{{'{CPR}': 1}})",
        f"log.info('who', values={{'cpr': ['{CPR}']}})",
        f"log.info('who', about={CPR.replace('-', '')})",
        f"log.info('who', error=ValueError('{CPR}'))",
        f"log.bind(citizen='{CPR}').info('who')",
        f"structlog.contextvars.bind_contextvars(citizen='{CPR}'); log.info('who')",
        f"logging.getLogger('temporalio').warning('failed for %s', '{CPR}')",
    ],
)
def test_a_cpr_number_is_never_written(code: str) -> None:
    lines = written(code)
    assert lines
    assert CPR not in "\n".join(lines)
    assert CPR.replace("-", "") not in "\n".join(lines)
    assert "***" in "\n".join(lines)


def test_what_an_error_says_is_not_written_only_its_kind_and_place() -> None:
    failing = "try:\n    raise ValueError('Bo er syg')\nexcept ValueError:\n    "
    code = f"{failing}logging.getLogger('other').exception('not done')"
    told = "\n".join(written(code))
    assert "Bo" not in told
    assert "ERROR other not done" in told
    assert "<module>, <string>:" in told
    assert told.endswith("ValueError")


def test_ids_and_instants_are_written_as_they_are() -> None:
    ids = "11111111-1111-4111-8111-111111111111"
    [line] = written(f"log.info('noted', pathway='{ids}', due='2026-03-02T08:00:00Z', version=17)")
    assert ids in line
    assert "2026-03-02T08:00:00Z" in line


def test_letters_of_the_danish_alphabet_stay_readable() -> None:
    [line] = written("log.warning('mangler', felt='årsag')")
    assert "årsag" in line
