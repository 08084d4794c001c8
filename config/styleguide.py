"""The style page, in the demo only: every token with its figures, and every component in each of its states."""

import re

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from accounts.forms import SignupFields
from config import contrast

SIZE = re.compile(r"--((?:text|space|round)-\w+|tap|measure|quick|turn): ([^;]+);")


@login_not_required
def dev_styleguide(request):
    """One page for whoever builds the next."""
    stylesheet = (settings.BASE_DIR / "static" / "css" / "afterword.css").read_text()
    sizes = [{"name": name, "value": value} for name, value in SIZE.findall(stylesheet)]
    form, wrong = SignupFields(), SignupFields({"wrong-name": "", "wrong-zone": "Nowhere/At_all"}, prefix="wrong")
    for each in (form, wrong):  # all zones, twice, would weigh more than the rest of the page
        each.fields["zone"].widget.names = lambda: ["Africa/Nairobi", "Europe/London"]
    page = {
        "pairs": pairs(stylesheet),
        "type": [size for size in sizes if size["name"].startswith("text-")],
        "space": [size for size in sizes if size["name"].startswith("space-")],
        "others": [size for size in sizes if not size["name"].startswith(("text-", "space-"))],
        "form": form,
        "wrong": wrong,
    }
    return render(request, "styleguide.html", page)


def pairs(stylesheet):
    """Each pair of colours with its contrast in both themes, the closest to its limit first."""
    themes = contrast.themes(stylesheet)
    rows = []
    for pair in contrast.pairs():
        light, dark = (
            contrast.ratio(themes[theme][pair.front], themes[theme][pair.back]) for theme in ("light", "dark")
        )
        rows.append(
            {"pair": pair, "light": f"{light:.1f}", "dark": f"{dark:.1f}", "room": min(light, dark) / pair.least}
        )
    return sorted(rows, key=lambda row: row["room"])
