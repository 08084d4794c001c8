"""The style page looks as it did: section by section, in cells of eight pixels, with a tolerance.

Machines have different fonts, so here all text is set in the one that is shipped, and a cell is compared by its mean
colour: how a letter's edge was drawn does not count, a colour, a gap, a line that breaks elsewhere does. After a change
that is meant, AFTERWORD_KEEP_LOOKS=1 writes the pictures in tests/data/looks anew; look at them before committing.
"""

import base64
import json
import os
from pathlib import Path

import pytest

from tests.e2e.looking import troubles_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = Path(__file__).parent.parent / "data" / "looks"
IN_THE_SHIPPED_FONT = """async () => {
    for (const voice of ["--plain", "--mono"]) document.documentElement.style.setProperty(voice, "Newsreader");
    await Promise.all([...document.fonts].map(font => font.load()));
    await document.fonts.ready;
    return [...document.querySelectorAll(".bar, .page-head, main section, .foot")].map(each => {
        const {x, y, width, height} = each.getBoundingClientRect();
        const title = each.querySelector("h1, h2")?.textContent ?? each.className;
        return {title, x, y: y + scrollY, width: Math.round(width), height: Math.round(height)};
    });
}"""
# Draws the sections below each other, an eighth as large, and compares each with the same section of the kept picture.
COMPARE = """async ({shot, sections, kept, keptSections, tolerance}) => {
    const CELL = 8;
    const read = async png => createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const size = ({width, height}) => [Math.ceil(width / CELL), Math.ceil(height / CELL)];
    const sheet = document.createElement("canvas");
    sheet.width = Math.max(...sections.map(each => size(each)[0]));
    sheet.height = sections.reduce((sum, each) => sum + size(each)[1], 0);
    const paper = sheet.getContext("2d", {willReadFrequently: true});
    const picture = await read(shot);
    const old = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    if (kept) {
        const before = await read(kept);
        [old.canvas.width, old.canvas.height] = [before.width, before.height];
        old.drawImage(before, 0, 0);
    }
    const changed = [];
    let top = 0, oldTop = 0;
    for (const [index, each] of sections.entries()) {
        const [width, height] = size(each);
        // The mean of a cell, exactly: smoothing when scaling down takes fewer samples than there are pixels.
        const all = new OffscreenCanvas(each.width, each.height).getContext("2d");
        all.drawImage(picture, -each.x, -each.y);
        const from = all.getImageData(0, 0, each.width, each.height).data;
        const cells = paper.createImageData(width, height);
        for (let row = 0; row < height; row++) for (let column = 0; column < width; column++) {
            const sums = [0, 0, 0];
            let pixels = 0;
            for (let y = row * CELL; y < Math.min((row + 1) * CELL, each.height); y++)
                for (let x = column * CELL; x < Math.min((column + 1) * CELL, each.width); x++, pixels++)
                    for (const channel of [0, 1, 2]) sums[channel] += from[(y * each.width + x) * 4 + channel];
            cells.data.set([...sums.map(sum => sum / pixels), 255], (row * width + column) * 4);
        }
        paper.putImageData(cells, 0, top);
        const was = keptSections?.[index];
        if (was) {
            const taller = Math.abs(was.height - each.height);
            if (was.title !== each.title || was.width !== each.width || taller > 2 * CELL) {
                changed.push(`${each.title}: ${each.width} x ${each.height}, was ${was.title}: ${was.width} x ${was.height}`);
            } else {
                const rows = Math.min(height, size(was)[1]);
                const then = old.getImageData(0, oldTop, width, rows).data;
                let other = 0;
                for (let at = 0; at < width * rows * 4; at += 4)
                    other += [0, 1, 2].some(channel => Math.abs(cells.data[at + channel] - then[at + channel]) > tolerance);
                if (other > Math.max(4, width * rows / 200)) changed.push(`${each.title}: ${other} of ${width * rows} cells differ`);
            }
            oldTop += size(was)[1];
        }
        top += height;
    }
    return {picture: sheet.toDataURL("image/png").split(",")[1], changed};
}"""


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "dark")])
def test_it_looks_as_it_did(visit, width, theme):
    page = visit(width=width, theme=theme)
    page.goto("/dev/styleguide/")
    sections = page.evaluate(IN_THE_SHIPPED_FONT)
    shot = base64.b64encode(page.screenshot(full_page=True, animations="disabled")).decode()

    picture, outline = (LOOKS / f"styleguide-{width}-{theme}.{kind}" for kind in ("png", "json"))
    keep = bool(os.environ.get("AFTERWORD_KEEP_LOOKS"))
    page.goto("about:blank")
    seen = page.evaluate(
        COMPARE,
        {
            "shot": shot,
            "sections": sections,
            "kept": None if keep else base64.b64encode(picture.read_bytes()).decode(),
            "keptSections": None if keep else json.loads(outline.read_text()),
            "tolerance": 24,
        },
    )
    if keep:
        picture.write_bytes(base64.b64decode(seen["picture"]))
        rows = [{key: each[key] for key in ("title", "width", "height")} for each in sections]
        outline.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    kept_titles = [row["title"] for row in json.loads(outline.read_text())]
    assert (seen["changed"], [each["title"] for each in sections]) == ([], kept_titles)


def test_nothing_is_in_its_way(visit):
    page = visit()
    page.goto("/dev/styleguide/")
    assert troubles_of(page) == []
