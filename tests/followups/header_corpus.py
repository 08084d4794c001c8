"""What people, and people who mean harm, type where it may reach a header of a mail: more than 200 strings for each field."""

EVIL = "evil@attacker.example"
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
INVISIBLE = [chr(code) for code in (0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF, 0xFFF9, 0xE000, 0xE0001, 0xE0041)]  # fmt: skip
BREAKS = [
    f"\r\nBcc: {EVIL}", f"\nBcc: {EVIL}", f"\rBcc: {EVIL}", "\r\n\r\nA body of its own", "\n\n<b>body</b>", f"\r\n Bcc: {EVIL}",
    f"\r\n\tBcc: {EVIL}", f"\n\r\nBcc: {EVIL}", "\r\n.\r\nMAIL FROM:<x@y.example>", "\r\nContent-Type: text/html", "\r\nSubject: other",
    "\r\nFrom: boss@company.example", "\x0bBcc:", "\x0cBcc:", "\u2028Bcc:", "\u2029Bcc:", "\u0085Bcc:", "\r", "\n", "\r\n",
]  # fmt: skip
ESCAPED = [
    "%0d%0aBcc: x", "%0ABcc: x", "\\r\\nBcc: x", "\\nBcc: x", "&#13;&#10;Bcc: x", "&#x0a;Bcc: x", "=0D=0ABcc: x", "\\u000aBcc: x", "%E5%98%8A%E5%98%8DBcc: x",
    "嘊嘍Bcc: x", "=?utf-8?q?a=0D=0ABcc:_x?=", "=?utf-8?b?DQpCY2M6IHhAeS5leGFtcGxl?=", "=?us-ascii?q?=0a?=", "=?utf-8?q?=00?=", "=?utf-8?q?", "=?utf-8?x?abc?=",
    "=?unknown-8bit?q?=FF?=", "=?utf-8?q?a?= =?utf-8?q?b?=", "?==?utf-8?q?x?=", "=?iso-8859-1?q?=A1Hola?=", "=?utf-7?q?+AA0-?=", "=?utf-8*en?q?a?=",
]  # fmt: skip
SYNTAX = [
    'A "quoted" word', '"', "''", '"a" b, c', "a, b", "a; b", "group: a, b;", "a (comment)", "(((", ")))", "a <b>", "<>", "<", ">", "\\", "a\\", "\\\"", "a:b", "::",
    ";", ",", ",,,", "[a]", "a.b.c", ".", "-", "--", "$(id)", "`id`", "|cat", "a=b", "?=", "=?", "*", "~", "^", "!", "#", "%", "&", "+",
]  # fmt: skip
PLACEHOLDERS = [
    "{{ name }}", "{{ settings.SECRET_KEY }}", "{% load x %}", "{% include 'a' %}", "{name}", "{0}", "{0.__class__}", "{company}", "%(name)s", "%s", "%d", "%", "%%", "${x}", "$x",
    "[Name]", "<name>", "{# a #}", "{{", "}}", "{%", "%}", "#{x}", "<%= x %>",
]  # fmt: skip
WORDS = [
    "Grace Wanjiru", "Wanjiku O'Brien", "Zoë Å. Müller", "José María", "李小龍", "محمد علي", "שלום", "Ναταλία", "Дмитрий", "नमस्ते", "ກ", "e\u0301", "Z\u0351\u036b\u0343a", "👩\U0001f3fd", "😀" * 10,
    "=1+1", "=HYPERLINK(1)", "+1", "-1", "'x", "null", "None", "undefined", "NaN", "true", "0", "  two  spaces  ", " ", "", "\u00a0", "\u3000", "ﷺ", "ﬀ", "İ", "ß", "ſ", "\ufffd",
    "a" * 50, "é" * 50, "😀" * 50, "a " * 25, "x" * 321, "é" * 2000, "y" * 70_000, "\ud800", "a\udfff", "\U0010ffff", "Re: Re: Re:", "Bcc", "Bcc: x", "X-Header: y",
]  # fmt: skip
LINKS = [
    "http://x.example", "https://x.example/a", "www.x.example", "see x.co/win", "a@b.example", "HTTP://X.EXAMPLE", "javascript:alert(1)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
]  # fmt: skip

LINES = [
    *(f"Grace{char}Bcc: x" for char in [*CONTROLS, *INVISIBLE]),
    *(f"Grace{text}" for text in BREAKS),
    *ESCAPED,
    *SYNTAX,
    *PLACEHOLDERS,
    *WORDS,
    *LINKS,
]
GOOD = "grace@company.example"
ADDRESSES = [
    *(f"grace{char}@company.example" for char in [*CONTROLS, *INVISIBLE]),
    *(f"{GOOD}{text}" for text in [*BREAKS, *ESCAPED]),
    *(f"{text}@company.example" for text in [*SYNTAX, *PLACEHOLDERS, *WORDS]),
    f"{GOOD}, {EVIL}", f"{GOOD},{EVIL}", f"{GOOD}; {EVIL}", f"{GOOD} {EVIL}", f"{GOOD}\t{EVIL}", f"<{GOOD}>", f"Grace <{GOOD}>", f"Grace <{GOOD}>, {EVIL}", f'"{EVIL}, " <{GOOD}>',
    f"(comment) {GOOD}", f"{GOOD} (comment)", "grace(comment)@company.example", "grace@(comment)company.example", f"group: {GOOD};", f"@relay.example:{GOOD}", f"<@relay.example:{GOOD}>",
    "grace@büro.example", "gräce@company.example", "grace@xn--bro-hoa.example", "用户@例え.jp", "grace@company.example.", "grace@.company.example", "grace@company..example", "grace@-company.example",
    "grace@company.example@other.example", f"{EVIL}%company.example@company.example", "company.example!grace@relay.example", "grace@[192.0.2.1]", "grace@[IPv6:::1]", "grace@localhost", "grace@192.0.2.1",
    "grace", "@company.example", "grace@", "", " ", "a" * 65 + "@company.example", "a" * 64 + "@company.example", "a" * 300 + "@company.example", "grace@" + "a" * 320 + ".example",
    "grace@" + ".".join(["a" * 60] * 5) + ".example", '"grace w"@company.example', '"grace\\"x"@company.example', '""@company.example', '"a@b"@company.example', "grace+tag@company.example", "GRACE@COMPANY.EXAMPLE",
    " grace@company.example ", "mailto:grace@company.example", "grace@company.example?subject=x", "grace@company.example#", "grace@company.example/..", "-oQ/tmp@company.example", "grace @company.example", "grace@ company.example",
]  # fmt: skip
