"""Who may do what to an interview. Whose interviews somebody sees at all is `Interview.objects.visible_to`."""


def can_log_interview(user):
    return user.is_active and user.is_candidate


def can_edit_interview(user, interview):
    return user.is_active and user.pk == interview.candidate_id


def can_edit_mistake(user, mistake):
    return can_edit_interview(user, mistake.interview)
