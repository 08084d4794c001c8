"""What is wrong with a page as it stands: axe, and what is wider than the screen."""

from pathlib import Path

AXE = (Path(__file__).parent.parent / "data" / "vendor" / "axe-core" / "axe.min.js").read_text()
VIOLATIONS = """async () => {
    const found = await axe.run(document, {resultTypes: ["violations"], rules: {"target-size": {enabled: true}}});
    return found.violations.map(({id, nodes}) => `${id}: ${nodes.map(node => `${node.any.map(check => check.message).join()} ${node.html.slice(0, 120)}`).join(" | ")}`);
}"""
TOO_WIDE = """() => {
    // What a page pushes aside in itself is no wider than the screen, and cut off all the same.
    if (getComputedStyle(document.querySelector("main")).overflowX !== "visible") return ["main is pushed aside in itself"];
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > room + 1);
    return wide.slice(0, 3).map(each => `${room} px: ${each.outerHTML.slice(0, 160)}`);
}"""
# What a screen of 1280 px holds at 200 %, and a tablet held upright.
BETWEEN = (640, 768)


def too_wide_between(page):
    """What is wider than the screen at the widths at which axe does not look, and on a phone whose letters are twice as large."""
    found = []
    for width in BETWEEN:
        page.set_viewport_size({"width": width, "height": 900})
        found += page.evaluate(TOO_WIDE)
    page.set_viewport_size({"width": 390, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += [f"letters twice as large: {each}" for each in page.evaluate(TOO_WIDE)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def troubles_of(page):
    """What a screen reader or a narrow screen would stumble over, in both themes."""
    found = []
    for width, theme in ((390, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.evaluate(AXE)
        found += page.evaluate(TOO_WIDE) + page.evaluate(VIOLATIONS)
    return found
