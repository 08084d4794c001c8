"""Hands that never leave the keyboard, and eyes that must see at each step where they are."""

STOP = """target => {
    const at = document.activeElement;
    const ringed = [at, at.closest("label"), at.closest(".part")].some(each => {
        const {outlineStyle, outlineWidth} = each ? getComputedStyle(each) : {outlineStyle: "none"};
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    });
    const {top, bottom, left, right, width} = at.getBoundingClientRect();
    const inSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && width > 0;
    return {isThere: at === target, isNowhere: at === document.body, seen: ringed && inSight, html: at.outerHTML.slice(0, 160)};
}"""
MOST_STOPS = 90


class Keyboard:
    """`unseen` are the stops at which the focus could not be seen."""

    def __init__(self, page):
        self.page = page
        self.unseen = []

    def reach(self, locator, *, back=False):
        """Tab on, or back, until this has the focus."""
        for _ in range(MOST_STOPS):
            stop = locator.evaluate(STOP)
            if not stop["seen"] and not stop["isNowhere"] and not stop["html"].startswith("<main"):
                self.unseen.append(stop["html"])
            if stop["isThere"]:
                return self
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"not reached in {MOST_STOPS} steps: {locator}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def write(self, text):
        self.page.keyboard.insert_text(text)
        return self

    def type(self, text):
        """Key by key, for lists and dates, which listen to keys."""
        self.page.keyboard.type(text)
        return self

    def follow(self, role, name, **options):
        """A link or a button, by Enter."""
        return self.reach(self.page.get_by_role(role, name=name, **options).first).press("Enter")

    def choose(self, choice):
        """One of several that exclude each other: they are one stop, and arrows go through them."""
        name = choice.get_attribute("name")
        group = self.page.locator(f"input[type=radio][name={name}]")
        chosen = self.page.locator(f"input[type=radio][name={name}]:checked")
        # Forwards one comes to the first of them, unless one is chosen already.
        self.reach((chosen if chosen.count() else group).first)
        if not choice.is_checked():
            self.press("Space")
        for _ in range(group.count()):
            if choice.is_checked():
                return self
            self.press("ArrowDown")
        raise AssertionError(f"arrows do not reach {choice}")
