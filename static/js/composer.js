// The composer of a note: what the check found is marked in the text itself, behind the letters of the text field.
// The marks come with each check (#letter-body holds the same text, marked); while she types they move along.

const SHOWS = "letter-text-marks";
let marks = []; // [{start, end, tone}] in the field's own characters
let before = ""; // the text they belong to

const field = () => document.querySelector("#note-form textarea[name=body]");

function layerOf(text) {
  let layer = text.parentElement.querySelector(`.${SHOWS}`);
  if (!layer) {
    const frame = document.createElement("div");
    frame.className = "letter-text-frame";
    text.replaceWith(frame);
    layer = document.createElement("div");
    layer.className = `letter-text ${SHOWS}`;
    layer.setAttribute("aria-hidden", "true");
    layer.dir = text.dir;
    frame.append(layer, text);
    document.getElementById("writing").classList.add("with-marks");
  }
  return layer;
}

function paint(text) {
  const layer = layerOf(text);
  const parts = [];
  let at = 0;
  for (const { start, end, tone } of marks) {
    parts.push(text.value.slice(at, start));
    const mark = document.createElement("mark");
    mark.className = `flag ${tone}`;
    mark.textContent = text.value.slice(start, end);
    parts.push(mark);
    at = end;
  }
  // A line break at the very end has no height of its own in a block, but in a text field it has.
  parts.push(text.value.slice(at) + "\u200b");
  layer.replaceChildren(...parts);
}

// What the server marked, if it is about the text that stands here now.
function readMarks() {
  const text = field();
  const letter = document.getElementById("letter-body");
  if (!text || !letter) return;
  const shown = letter.textContent;
  const lead = text.value.length - text.value.replace(/^\n+/, "").length;
  const same = text.value.replace(/^\n+|\n+$/g, "") === shown.replace(/^\n+|\n+$/g, "");
  if (same) {
    marks = [];
    let at = lead;
    for (const node of letter.childNodes) {
      const length = node.textContent.length;
      if (node.nodeName === "MARK") {
        marks.push({ start: at, end: at + length, tone: node.classList.contains("error") ? "error" : "warning" });
      }
      at += length;
    }
    before = text.value;
  }
  paint(text);
}

// Typing: marks before the change stay, those behind it move, one that is typed into goes until the next check.
function moveMarks(text) {
  const now = text.value;
  let head = 0;
  const least = Math.min(before.length, now.length);
  while (head < least && before[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const shift = now.length - before.length;
  marks = marks.flatMap((mark) => {
    if (mark.end <= head) return [mark];
    if (mark.start >= before.length - tail) return [{ ...mark, start: mark.start + shift, end: mark.end + shift }];
    return [];
  });
  before = now;
  paint(text);
}

document.addEventListener("input", (event) => {
  if (event.target === field()) moveMarks(event.target);
});
document.addEventListener("htmx:after:swap", () => {
  readMarks();
  document.getElementById("undo")?.focus({ preventScroll: true });
});
readMarks();
