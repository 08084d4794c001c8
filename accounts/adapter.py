"""How allauth behaves here: sign-up makes candidates, and its limits and mails are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse

from accounts import kept, leaving


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return settings.AFTERWORD_OPEN_SIGNUP or "invitation" in request.session

    def new_user(self, request):
        user = super().new_user(request)
        user.is_candidate = True
        return user

    def pre_login(self, request, user, **kwargs):
        """Whoever is leaving comes in, past her second factor too, to the one page she has; other closed accounts do not."""
        if not user.is_active and leaving.may_sign_in(user):
            return None
        return super().pre_login(request, user, **kwargs)

    def get_login_redirect_url(self, request):
        """To Today; whoever came with something on her mind goes on with that."""
        if kept.answers_of(request.user):
            return reverse("one-thing-kept")
        return super().get_login_redirect_url(request)

    get_signup_redirect_url = get_login_redirect_url

    def populate_username(self, request, user):
        """There are no user names."""
