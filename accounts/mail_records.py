"""What the DNS of the sender's domain should say, so that mails from here are believed. Pure; nothing is looked up."""

import ipaddress
from dataclasses import dataclass

LOCAL = ("localhost", "localdomain", "local", "internal", "invalid", "test", "example")


@dataclass(frozen=True, slots=True)
class MailRecord:
    """One TXT record: what it is called, where it stands and what it says."""

    kind: str
    host: str
    value: str


def is_only_local(domain: str) -> bool:
    """Whether this is no domain of the world's: what a fresh installation has before anybody names a sender."""
    return "." not in domain or domain.rpartition(".")[2] in LOCAL


def records_for(sender: str, *, envelope: str, mail_server: str, web_host: str) -> list[MailRecord]:
    """SPF, DKIM and DMARC for mails from the address `sender`, whose returned ones go to the domain `envelope`.

    `mail_server` is what we hand over to; where that is this machine, mails leave from where the pages are.
    """
    domain = sender.rpartition("@")[2].lower()
    return [
        MailRecord("SPF", envelope.lower() or domain, f"v=spf1 {_who_sends(mail_server, web_host)} ~all"),
        MailRecord("DKIM", f"afterword._domainkey.{domain}", "v=DKIM1; k=rsa; p=…"),
        MailRecord("DMARC", f"_dmarc.{domain}", f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}"),
    ]


def _who_sends(mail_server: str, web_host: str) -> str:
    try:
        address = ipaddress.ip_address(mail_server.strip("[]"))
    except ValueError:
        return f"a:{web_host if is_only_local(mail_server) else mail_server}"
    if address.is_loopback or address.is_private:
        return f"a:{web_host}"
    return f"ip{address.version}:{address}"
