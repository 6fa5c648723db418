"""What somebody says who takes up an option."""

from datetime import datetime

from domain.actor import Role
from domain.pathway.acts import taken
from domain.pathway.binding import Binding
from domain.pathway.command import Command
from domain.pathway.options import Option
from domain.pathway.state import Pathway


def told(option: Option, binding: Binding, pathway: Pathway, role: Role, at: datetime) -> Command:
    """The first of the commands that an option stands for."""
    return next(taken(option, binding, pathway, role, at))
