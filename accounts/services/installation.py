"""What the admins choose for the whole installation, and who may join it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import installation, joining, mail_records, rates
from accounts.mail import compose
from accounts.models import Installation
from accounts.records import Overtaken, Refused, version_of
from accounts.services.auditing import audit

# Of a change only the name of the field is kept.
CHANGED = {
    "name": "installation named",
    "sender_name": "sender named",
    "sign_up": "sign-up rule set",
    "sign_up_domains": "sign-up domains set",
    "panel_rule": "panel rule set",
}
TEST_MAILS_A_MINUTE = 3


def version_of_installation(row):
    """Names what a page showed, for it to bring back with what was chosen."""
    return version_of([getattr(row, name) for name in CHANGED])


@transaction.atomic
def change_installation(*, by, seen=None, **fields):
    """Choose some of it anew. Raises Refused at the field, and Overtaken where another admin changed it since `seen`."""
    row = _locked()
    if seen and seen != version_of_installation(row):
        raise Overtaken
    if "sign_up_domains" in fields:
        fields["sign_up_domains"] = _domains(fields["sign_up_domains"])
    changed = [name for name in CHANGED if name in fields and fields[name] != getattr(row, name)]
    for name in changed:
        setattr(row, name, fields[name])
    if row.sign_up == Installation.SignUp.DOMAINS and not row.sign_up_domains:
        raise Refused(_("Name at least one mail domain, or choose another answer."), field="sign_up_domains")
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, [message, *_more] = next(iter(error.message_dict.items()))
        raise Refused(message, field=field) from None
    row.save()
    for name in changed:
        audit(CHANGED[name], row, by=by)
    installation.forget()
    return row


def _locked():
    """The row, made from the environment when nothing was ever chosen."""
    first = installation.current(fresh=True)
    Installation.objects.get_or_create(is_the_one=True, defaults={"sign_up": first.sign_up})
    return Installation.objects.select_for_update().get()


def _domains(texts):
    found = []
    for text in texts:
        if not text.strip():
            continue
        try:
            domain = joining.normal_domain(text)
        except joining.NoDomain:
            raise Refused(
                _("“%(text)s” is no mail domain. Write what stands after the @, such as office.example.")
                % {"text": text.strip()[:60]},
                field="sign_up_domains",
            ) from None
        if domain not in found:
            found.append(domain)
    if len(found) > Installation.MOST_DOMAINS:
        raise Refused(
            _("At most %(most)s mail domains, please.") % {"most": Installation.MOST_DOMAINS}, field="sign_up_domains"
        )
    return found


def check_may_sign_up(email):
    """Raises Refused, in the same words whoever has an account here, where somebody with this address may not sign up alone."""
    now = installation.current(fresh=True)
    if now.sign_up == Installation.SignUp.DOMAINS:
        if not joining.is_at_one_of(email, now.sign_up_domains):
            raise Refused(words_on_domains(now), field="email")
    elif not now.is_open:
        raise Refused(_("Nobody can sign up here without an invitation."), field="email")


def check_may_invite():
    """Raises Refused while nobody may join at all."""
    if installation.current(fresh=True).sign_up == Installation.SignUp.NOBODY:
        raise Refused(_("This installation takes nobody new at present. An admin can change that, on its own page."))


def words_on_domains(now):
    return _("Sign-up here is for addresses at %(domains)s. With another one, ask for an invitation.") % {
        "domains": ", ".join(now.sign_up_domains)
    }


def send_test_mail(*, by):
    """A mail to oneself, by the way that all mails go."""
    number, _seconds = rates.count("test-mail", str(by.pk))
    if number > TEST_MAILS_A_MINUTE:
        raise Refused(_("That was a little fast. Wait a minute, then try again."))
    message = compose("installation_test", to=by, context={})
    message.outbox_options = {"kind": "installation_test", "recipient": by, "ignores_quiet_hours": True}
    message.send()


def mail_records_now():
    """What the DNS should say for the sender that the environment names; empty for one that is no address of the world."""
    sender = installation.sender_address()
    domain = sender.rpartition("@")[2]
    if mail_records.is_only_local(domain):
        return []
    return mail_records.records_for(
        sender,
        envelope=settings.BOUNCE_ADDRESS.rpartition("@")[2] or domain,
        mail_server=settings.SMTP_HOST,
        web_host=urlsplit(settings.BASE_URL).hostname or domain,
    )
