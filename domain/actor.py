"""Who acts on a pathway: a role and an id, never a name."""

import re
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, GetCoreSchemaHandler, StringConstraints, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from domain.text import STORED, clean_when_written, holds_cpr


class Role(StrEnum):
    """The roles that staff and citizens act in. Source: DOMAIN 7, "Signals by role"."""

    CASEWORKER = "caseworker"
    CONTACT_PERSON = "contact_person"
    COMPANY_CONSULTANT = "company_consultant"
    COORDINATING_CASEWORKER = "coordinating_caseworker"
    HEALTH_STAFF = "health_staff"
    HEALTH_COORDINATOR = "health_coordinator"
    INSTRUCTOR = "instructor"
    PROVIDER = "provider"
    REHABILITATION_STAFF = "rehabilitation_staff"
    HR_STAFF = "hr_staff"
    CITIZEN = "citizen"
    STEERING_GROUP = "steering_group"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    RECORDS_MANAGER = "records_manager"
    SYSTEM = "system"


PersonId = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9._-]{0,39}$"), AfterValidator(clean_when_written)
]
"""A person's id within the municipality, such as `sb-12`; it starts with a letter, and no CPR number follows."""

_ACTOR = re.compile(r"([a-z_]+):([A-Za-z][A-Za-z0-9._-]{0,39})")


class Actor(str):
    """A role and an id as one word, such as `caseworker:sb-12`."""

    __slots__ = ()

    @property
    def role(self) -> Role:
        """The role acted in."""
        return Role(self.partition(":")[0])

    @property
    def person(self) -> str:
        """The id within the municipality."""
        return self.partition(":")[2]

    @classmethod
    def of(cls, role: Role, person: str) -> "Actor":
        """The actor who acts as *person* in *role*."""
        return cls(f"{role}:{person}")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        return core_schema.with_info_after_validator_function(cls._checked, core_schema.str_schema(max_length=80))

    @classmethod
    def _checked(cls, text: str, info: ValidationInfo) -> "Actor":
        if info.context is STORED:
            return cls(text)
        match = _ACTOR.fullmatch(text)
        if match is None or match[1] not in set(Role) or holds_cpr(text):
            raise PydanticCustomError(
                "not_an_actor",
                "must be ROLE:ID, such as caseworker:sb-12, where the role is one of {roles}",
                {"roles": ", ".join(Role)},
            )
        return cls(text)


TIMER = Actor("system:timer")
"""Time that a Temporal timer brought."""
SETTLING = Actor("system:settling")
"""Time that had already passed when somebody asked for something else."""
