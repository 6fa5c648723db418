"""Who looks after a citizen whose pathway rests without an end."""

from domain.actor import Role
from domain.period import Period
from domain.programme.relations import InPause, Response
from domain.programme.rules import Within
from domain.value import Value


class OpenPause(Value):
    """What is owed in a pause without an end: that somebody lets the pathway go on, sets an end, or closes it."""

    resume_within: Within = Period("P4W")
    by: Role = Role.CONTACT_PERSON


def in_open_pause(pause: OpenPause) -> Response:
    """The response that such a pause calls for; its clock runs, as nothing else need."""
    return Response(
        after=("paused_without_end",),
        respond="resumed",
        within=pause.resume_within,
        by=pause.by,
        in_pause=InPause.RUN,
    )
