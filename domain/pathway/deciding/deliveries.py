"""What carried-out follow-ups cause: letters sent, notices given and read, deliveries given up."""

from domain.pathway.binding import Binding
from domain.pathway.commands import course
from domain.pathway.deciding import Answers, Facts
from domain.pathway.facts import course as facts
from domain.pathway.follow_ups import key_of
from domain.pathway.requirements import require, to_be_readable
from domain.pathway.state import Pathway


def _letter(binding: Binding, pathway: Pathway, command: course.RecordLetter) -> Facts:
    del binding
    require(to_be_readable(pathway))
    if key_of(command.letter, command.about) in pathway.delivered:
        return []
    return [facts.LetterSent(at=command.at, about=command.about, letter=command.letter, channel=command.channel)]


def _notice(binding: Binding, pathway: Pathway, command: course.GiveNotice) -> Facts:
    del binding
    require(to_be_readable(pathway))
    if key_of(command.notice, command.about) in pathway.notices:
        return []
    return [
        facts.NoticeGiven(
            at=command.at, about=command.about, notice=command.notice, owner=command.owner, subject=command.subject
        )
    ]


def _read(binding: Binding, pathway: Pathway, command: course.ReadNotice) -> Facts:
    del binding
    require(to_be_readable(pathway))
    if key_of(command.notice, command.about) not in pathway.notices:
        return []
    return [facts.NoticeRead(at=command.at, about=command.about, notice=command.notice)]


def _failure(binding: Binding, pathway: Pathway, command: course.RecordFailure) -> Facts:
    del binding
    require(to_be_readable(pathway))
    if key_of(command.follow_up, command.about) in pathway.delivered:
        return []
    return [facts.DeliveryFailed(at=command.at, about=command.about, follow_up=command.follow_up, error=command.error)]


ANSWERS: Answers = {
    course.RecordLetter: _letter,
    course.GiveNotice: _notice,
    course.ReadNotice: _read,
    course.RecordFailure: _failure,
}
