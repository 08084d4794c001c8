"""Mails that came back, as servers of many makes write them. `{to}`: where the bounce is sent; `{id}`: the mail it is about."""

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mx.relay.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B1"

--B1
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.relay.example.

<grace@company.example>: host mx.company.example said: 550 5.1.1 <grace@company.example>: Recipient address rejected: User unknown

--B1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.relay.example

Final-Recipient: rfc822; grace@company.example
Original-Recipient: rfc822;grace@company.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <grace@company.example>: Recipient address rejected

--B1
Content-Type: message/rfc822

From: Achieng Otieno <letters@afterword.example>
To: grace@company.example
Subject: Thank you
Message-ID: <{id}>

Dear Grace,

--B1--
"""
EXIM = """\
Return-path: <>
From: Mail Delivery System <Mailer-Daemon@relay.example>
To: {to}
Auto-Submitted: auto-replied
X-Failed-Recipients: grace@company.example
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  grace@company.example
    host mx.company.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<grace@company.example>:
    550 No such user here

------ This is a copy of the message, including all the headers. ------

Subject: Thank you
Message-ID: <{id}>

Please do not treat 4.2.2 or 450 in my text as the server's words.
"""
QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@relay.example
To: {to}
Subject: failure notice

Hi. This is the qmail-send program at relay.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<grace@company.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Message-ID: <{id}>
Subject: Thank you
"""
GMAIL_WORDS = """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: {to}
Subject: Delivery Status Notification (Failure)
Content-Type: text/plain; charset=UTF-8

** Address not found **

Your message wasn't delivered to grace@company.example because the address couldn't be found, or is unable to receive mail.
"""
EXCHANGE_HTML = """\
From: postmaster@company.example
To: {to}
Subject: Undeliverable: Thank you
Content-Type: text/html; charset=utf-8

<html><body><p>Delivery has failed to these recipients or groups:</p><p>grace@company.example</p>
<p>The recipient's mailbox is full and can't accept messages now.</p>
<p>Remote Server returned '554 5.2.2 mailbox full'</p></body></html>
"""
EXIM_WARNING = """\
From: Mail Delivery System <Mailer-Daemon@relay.example>
To: {to}
Subject: Warning: message delayed 24 hours

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours on the queue.
No action is required on your part. Delivery attempts will continue.
"""
ABSENT = """\
From: Grace Wanjiru <grace@company.example>
To: {to}
Subject: Automatic reply: Thank you
Auto-Submitted: auto-replied

I am out of the office until 5.1.1 and my assistant is at 550 Kenyatta Avenue.
"""
REPLY = """\
From: Grace Wanjiru <grace@company.example>
To: {to}
Subject: Re: Thank you

Your mail delivery failure notice made me laugh: 550 5.1.1 User unknown.
"""


def postfix(to, message_id="x@afterword.example", action="failed", status="5.1.1"):
    return POSTFIX.format(to=to, id=message_id, action=action, status=status).encode()
