"""Who may do what to accounts and engagements."""


def can_manage_people(user):
    return user.is_active and user.is_admin


def can_change_installation(user):
    return user.is_active and user.is_admin


def can_invite(user):
    """Admins invite anybody; coaches invite clients of their own."""
    return user.is_active and (user.is_admin or user.is_coach)


def can_answer_engagement(user, engagement):
    """Whoever of the two has not agreed yet."""
    waiting = (user.pk == engagement.candidate_id and engagement.candidate_agreed_at is None) or (
        user.pk == engagement.coach_id and engagement.coach_agreed_at is None
    )
    return engagement.status == "invited" and waiting


def can_end_engagement(user, engagement):
    return engagement.status in ("active", "invited") and (
        user.is_admin or user.pk in (engagement.candidate_id, engagement.coach_id)
    )


def can_ask_for_coach(user):
    """A candidate for herself."""
    return user.is_active and user.is_candidate


def can_set_capacity(user, coach):
    """How many clients a coach takes on: she says so herself, or an admin."""
    return user.is_active and coach.is_coach and (user.is_admin or user.pk == coach.pk)


def can_set_admin(user, person):
    """Whether a coach is an admin too; never about oneself."""
    return can_manage_people(user) and person.is_coach and user.pk != person.pk


def can_remove_step(user, person):
    """An admin, for somebody else who cannot sign in any more."""
    return can_manage_people(user) and user.pk != person.pk


def can_stop_step_removal(user, removal):
    return user.is_active and user.pk == removal.person_id


def can_withdraw_step_removal(user, removal):
    """Any admin, not only the one who asked for it."""
    return can_manage_people(user) and user.pk != removal.person_id
