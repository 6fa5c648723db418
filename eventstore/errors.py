"""What the store answers when it cannot do as asked."""


class StreamConflict(Exception):  # noqa: N818 - an answer, not an error
    """Another command came first; load again and decide again."""


class CommandReused(Exception):  # noqa: N818 - the same
    """The command id has been used with other content; a new command needs a new id."""


class NoSuchStream(Exception):  # noqa: N818 - the same
    """No stream has that id."""


class NoSuchCitizen(Exception):  # noqa: N818 - the same
    """No citizen of that id is known, or the citizen has been erased."""


class StoreAway(Exception):  # noqa: N818 - the same
    """PostgreSQL does not answer; a command that is given again under its own id is carried out once all the same."""


class WrongKeys(Exception):  # noqa: N818 - the same
    """The key file does not belong to this database."""
