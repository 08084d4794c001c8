"""How allauth behaves here: sign-up makes candidates, and its limits and mails are ours."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return settings.AFTERWORD_OPEN_SIGNUP or "invitation" in request.session

    def new_user(self, request):
        user = super().new_user(request)
        user.is_candidate = True
        return user

    def populate_username(self, request, user):
        """There are no user names."""
