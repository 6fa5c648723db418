"""The judge: compares what the ledger holds with what the database holds. It shares no code with the product."""

import hashlib
import json
import struct
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Verdict:
    """What the judge found."""

    acknowledged: int = 0
    kills: int = 0
    kills_in_flight: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """One line."""
        return (
            f"{self.kills} kills ({self.kills_in_flight} met a command in flight), {self.acknowledged} acknowledged, "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.ghosts)} ghosts, {len(self.broken)} broken"
        )


def read_ledger(path: Path) -> list[dict[str, Any]]:
    """Every line of the ledger, in the order in which it was written."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def acknowledged(ledger: list[dict[str, Any]]) -> set[str]:
    """The commands that were acknowledged, each once however often it was asked for."""
    return {line["id"] for line in ledger if line["what"] == "ack"}


async def judge(ledger: list[dict[str, Any]], kills: list[float], url: str) -> Verdict:
    """Everything that the ledger promises, looked up in the database as it is at one moment."""
    connection = await asyncpg.connect(url, server_settings={"search_path": "trinvis"})
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            commits = await connection.fetch("SELECT * FROM commit ORDER BY stream, first, tx_id, position")
            facts = await connection.fetch("SELECT * FROM fact ORDER BY stream, version")
            streams = await connection.fetch("SELECT * FROM stream")
    finally:
        await connection.close()
    verdict = Verdict(kills=len(kills), acknowledged=len(acknowledged(ledger)))
    verdict.kills_in_flight = _in_flight(ledger, kills)
    _check_commands(verdict, ledger, commits)
    _check_consequences(verdict, ledger, commits, facts)
    for stream in streams:
        own = [fact for fact in facts if fact["stream"] == stream["id"]]
        _check_chain(
            verdict, stream, [c for c in commits if c["stream"] == stream["id"] and c["last"] >= c["first"]], own
        )
    return verdict


def _in_flight(ledger: list[dict[str, Any]], kills: list[float]) -> int:
    began = {line["id"]: line["t"] for line in reversed(ledger) if line["what"] == "try"}
    ended = {line["id"]: line["t"] for line in reversed(ledger) if line["what"] in {"ack", "told"}}
    return sum(any(began[each] <= kill <= end for each, end in ended.items() if each in began) for kill in kills)


def _check_commands(verdict: Verdict, ledger: list[dict[str, Any]], commits: list[asyncpg.Record]) -> None:
    stored: dict[str, list[asyncpg.Record]] = {}
    for commit in commits:
        stored.setdefault(str(commit["command_id"]), []).append(commit)
    tried = {line["id"] for line in ledger if line["what"] == "try"}
    for line in ledger:
        rows = stored.get(line["id"], [])
        if line["what"] == "told" and not rows:
            verdict.lost.append(f"told {line['id']}")
        if line["what"] == "ack" and (line["first"], line["last"]) not in [(row["first"], row["last"]) for row in rows]:
            verdict.lost.append(f"{line['id']} as {line['first']}-{line['last']}")
    verdict.doubled += [each for each, rows in stored.items() if len(rows) > 1]
    verdict.ghosts += [
        each for each, rows in stored.items() if each not in tried and not rows[0]["actor"].startswith("system:")
    ]


def _check_consequences(
    verdict: Verdict, ledger: list[dict[str, Any]], commits: list[asyncpg.Record], facts: list[asyncpg.Record]
) -> None:
    """Each promise falls due once, each letter and notice goes out once, whoever was killed meanwhile."""
    kinds = Counter((str(fact["stream"]), fact["kind"]) for fact in facts)
    promises = Counter(line["stream"] for line in ledger if line["what"] == "try" and line.get("promise"))
    for stream in {str(commit["stream"]) for commit in commits}:
        expected = {
            "obligation_overdue": promises[stream],
            "letter_sent": 2 * kinds[stream, "referral_accepted"],
            "notice_given": kinds[stream, "responsible_assigned"],
        }
        for kind, times in expected.items():
            there = kinds[stream, kind]
            if there < times:
                verdict.lost.append(f"{stream}: {there} of {times} {kind}")
            if there > times:
                verdict.doubled.append(f"{stream}: {there} instead of {times} {kind}")


def _part(content: bytes) -> bytes:
    return struct.pack(">i", len(content)) + content


def _instant(at: datetime) -> bytes:
    since = at - EPOCH
    return _part(struct.pack(">q", (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds))


def _check_chain(
    verdict: Verdict, stream: asyncpg.Record, commits: list[asyncpg.Record], facts: list[asyncpg.Record]
) -> None:
    """Versions without a gap, and every hash as it must be."""
    place = str(stream["id"])
    if [fact["version"] for fact in facts] != list(range(1, stream["version"] + 1)):
        verdict.broken.append(f"{place}: versions")
        return
    own = {version: commit for commit in commits for version in range(commit["first"], commit["last"] + 1)}
    head = hashlib.sha256(_part(stream["id"].bytes) + _part(stream["kind"].encode()) + _part(stream["subject"].bytes))
    last = head.digest()
    for fact in facts:
        commit = own.get(fact["version"])
        if commit is None:
            verdict.broken.append(f"{place}: {fact['version']} without commit")
            return
        header = b"\x01" + b"".join(
            (
                _part(commit["stream"].bytes),
                _part(commit["command_id"].bytes),
                _part(commit["digest"]),
                _part(commit["actor"].encode()),
                _instant(commit["at"]),
                _instant(commit["recorded_at"]),
            )
        )
        last = hashlib.sha256(
            header
            + _part(last)
            + _part(struct.pack(">i", fact["version"]))
            + _part(fact["kind"].encode())
            + _part(struct.pack(">h", fact["schema"]))
            + _instant(fact["occurred_at"])
            + _part(fact["body"])
        ).digest()
        if last != fact["hash"]:
            verdict.broken.append(f"{place}: {fact['version']} changed")
            return
    if last != stream["head"]:
        verdict.broken.append(f"{place}: head")
