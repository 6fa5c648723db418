"""How a command is turned down: a stable code and the values that its sentence needs."""

import re
from functools import cache

Plain = str | int | float | bool | None
"""What a refusal's values are made of; the words, Danish and English, live with the other texts."""


@cache
def code_of(name: str) -> str:
    """`NotReferred` → `not_referred`: the stable code of a class by its name."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The command makes sense, but not now; *values* say who or what would change the answer."""

    def __init__(self, **values: Plain) -> None:
        self.code = code_of(type(self).__name__)
        self.values = values
        super().__init__(self.code, values)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} ({shown})" if shown else self.code


class Invalid(Exception):  # noqa: N818 - the same
    """The command cannot be understood: *field* names what to mend."""

    def __init__(self, field: str, code: str, **values: Plain) -> None:
        self.field = field
        self.code = code
        self.values = values
        self.others: tuple[Invalid, ...] = ()
        """What else cannot be understood, where everything was looked at."""
        super().__init__(field, code, values)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.field}: {self.code} ({shown})"


class RoleMayNot(Refused):
    """Another role gives this command."""


class IsOver(Refused):
    """The pathway is closed, refused or erased."""


class NotReferred(Refused):
    """The referral has been answered, or was never made."""


class NotReturned(Refused):
    """The referral is not back with the one who referred."""


class NotWaiting(Refused):
    """Nobody waits for an intake here."""


class NoFreePlace(Refused):
    """Every place of the programme is taken."""


class NoPlaceAnyMore(Refused):
    """Every place of the programme is taken or waited for, so nobody comes back into it."""


class NotUnderway(Refused):
    """The pathway has not begun, or has ended."""


class NotClosed(Refused):
    """Only a closed pathway can be reopened, or a refused referral where refusing is a decision."""


class IsPaused(Refused):
    """The pathway is paused; it must be resumed first."""


class NotPaused(Refused):
    """The pathway is not paused."""


class NotQuestioned(Refused):
    """Nobody asks whether that deadline still fits."""


class NotEligible(Refused):
    """No target group of the programme fits."""


class JudgementNeeded(Refused):
    """Something about the citizen calls for a documented judgement."""


class ContactPersonNeeded(Refused):
    """An active pathway has exactly one contact person."""


class ReasonNeeded(Refused):
    """The programme wants a reason here."""


class ReasonCodeNeeded(Refused):
    """The programme wants one of its codes as the reason here."""


class LegalBasisNeeded(Refused):
    """The programme wants the law named here."""


class AwaitsAnswer(Refused):
    """The decision has been prepared and awaits a second pair of eyes."""


class NothingPrepared(Refused):
    """No such decision awaits a second pair of eyes."""


class SamePerson(Refused):
    """Whoever prepared or confirmed a decision cannot answer it again, in whatever role."""


class HearingNeeded(Refused):
    """The citizen must be heard first, or the reason recorded why not."""


class HearingRuns(Refused):
    """The citizen has been heard, or is being heard, about that already."""


class HeardAgainst(Refused):
    """The citizen was told that it is meant against them, so it is decided against them or dropped first."""


class HearingTooShort(Refused):
    """The citizen needs more time to answer, unless a law that allows less is named."""


class NoHearing(Refused):
    """Nobody is being heard about that."""


class HearingOpen(Refused):
    """The citizen still has time to answer."""


class WhichDecision(Refused):
    """There are several decisions of that name for which it could be meant."""


class NothingToNotify(Refused):
    """No such decision awaits that the citizen is told."""


class NothingToComplainOf(Refused):
    """No decision to the citizen's detriment can be complained of, or it has been already."""


class NoComplaint(Refused):
    """No complaint has come to that stage."""


class NotOffered(Refused):
    """The element belongs to another phase than the present one."""


class NotOpenYet(Refused):
    """Something else must happen first."""


class Excluded(Refused):
    """The step is excluded for the time being."""


class PartsMissing(Refused):
    """A session is completed only when each part is recorded or waived with a reason."""


class NoSuchSession(Refused):
    """No open session of that id."""


class SessionExists(Refused):
    """Another session has that id."""


class NoSuchObligation(Refused):
    """Nothing of that name is owed now."""


class NoProposal(Refused):
    """Nothing has been proposed."""


class AlreadyProposed(Refused):
    """A proposal awaits its answer."""


class AlreadyThere(Refused):
    """The citizen has been referred already."""


class FollowsAlready(Refused):
    """The pathway follows that version of its programme already."""


class DecidedSince(Refused):
    """Somebody has decided something under the new version, so the move can no longer be taken back."""


class BeforeLatestTalk(Refused):
    """A talk that resets the clock has been held since; correct that one instead."""


class IntakeOutsideTolerance(Refused):
    """The intake may be moved by its tolerance only."""


class NotCorrectable(Refused):
    """Only what people reported can be corrected."""


class NoSuchFact(Refused):
    """The history has no such fact."""


class NotInPlace(Refused):
    """The programme's version has no phase that comes next."""


class NoTimeLimit(Refused):
    """The programme's version has no end date that could be extended."""


class ConditionFailed(Refused):
    """A condition of the programme could not be answered."""


class RunsAway(Refused):
    """The programme's rules call each other without end."""


class ChildOpen(Refused):
    """The pathway that the element called for has not ended."""


class NoAftercare(Refused):
    """The programme's version has no after-care."""


class OrderOpen(Refused):
    """An order of that kind has been placed and has not ended."""


class NoSuchOrder(Refused):
    """The order has not been placed, or has not come so far, or has ended."""


class AgreementMissing(Refused):
    """A private provider without an agreement is given no order."""


class AgreementExpired(Refused):
    """The agreement with a private provider has run out."""
