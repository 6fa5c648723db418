"""What fails in an activity is told by its kind and place only: an error's text may quote what it failed on."""

import traceback
from pathlib import Path

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

log = structlog.get_logger()


class Discretion(Interceptor):
    """Lets no word of an error out of an activity, neither to Temporal nor to the log."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - the SDK's name
        """The activity, made discreet."""
        return _Discreet(next)


class _Discreet(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> object:  # noqa: A002 - the SDK's name
        """What the activity gives; or that it failed, by kind."""
        try:
            return await super().execute_activity(input)
        except ApplicationError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, only its kind may leave
            kind = type(error).__name__
            info = activity.info()
            log.warning(
                "activity_failed", activity=info.activity_type, attempt=info.attempt, error=kind, place=_place(error)
            )
            raise ApplicationError(kind, type=kind) from None


def _place(error: BaseException) -> str:
    """The line that it came from, such as `letters.py:79`."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "-"
