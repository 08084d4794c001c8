"""Writes on the facts. What follows from them (decisions, notes, reminders) is `followups.services`."""

from interviews.services.interviews import (
    cancel_interview,
    edit_interview,
    hold_interview,
    log_interview,
    miss_interview,
    plan_again,
    record_outcome,
    record_read,
    record_reads,
    share,
    unshare,
)
from interviews.services.mistakes import (
    answer_mistake,
    delete_mistake,
    drop_mistake,
    record_mistake,
    reopen_mistake,
    settle_mistake,
)
from interviews.services.people import (
    add_interviewer,
    add_requirement,
    edit_interviewer,
    edit_requirement,
    remove_interviewer,
    remove_requirement,
)

__all__ = [
    "add_interviewer",
    "add_requirement",
    "answer_mistake",
    "cancel_interview",
    "delete_mistake",
    "drop_mistake",
    "edit_interview",
    "edit_interviewer",
    "edit_requirement",
    "hold_interview",
    "log_interview",
    "miss_interview",
    "plan_again",
    "record_mistake",
    "record_outcome",
    "record_read",
    "record_reads",
    "remove_interviewer",
    "remove_requirement",
    "reopen_mistake",
    "settle_mistake",
    "share",
    "unshare",
]
