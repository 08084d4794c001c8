"""Who may do what to notes, mails and reminders. Whose rows somebody sees at all is `visible_to`."""


def can_manage_mail(user):
    """Admins see every mail's state, never its content, and may send again or take back."""
    return user.is_active and user.is_admin


def can_decide_mistake(user, mistake):
    """Her mistakes, her word. A coach answers in a review (coaching)."""
    return user.is_active and user.pk == mistake.interview.candidate_id


def can_edit_note(user, note):
    """Her letter, in her name: she writes and sends it, nobody else. A coach reads it."""
    return user.is_active and user.pk == note.interview.candidate_id


def can_keep_referees(user):
    """Referees are a candidate's, and nobody else sees them."""
    return user.is_active and user.is_candidate


def can_edit_brief(user, brief):
    """What a referee is told in her name is hers to write and to send. A coach reads it, without the address."""
    return user.is_active and user.pk == brief.interview.candidate_id


def can_practise(user):
    """Lessons are a candidate's own."""
    return user.is_active and user.is_candidate


def can_practise_lesson(user, lesson):
    """Hers to practise, to name and to leave. A coach reads its name."""
    return user.is_active and user.pk == lesson.candidate_id
