// Places in an article's text. Python counts characters, the page counts units of UTF-16: "𝄞" is one of the first and
// two of the second.
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

// For a text, the function from a place on the page to the place that Python counts.
function counted(text) {
  const pairs = Array.from(text.matchAll(PAIR), (found) => found.index);
  return pairs.length ? (at) => at - pairs.filter((pair) => pair < at).length : (at) => at;
}

function toPython(text, at) {
  return counted(text)(at);
}

// The elements inside `root` that fit a selector, with the places where they start and end in its text.
function placesIn(root, selector) {
  const places = [];
  let at = 0;
  function visit(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      at += node.length;
      return;
    }
    const start = at;
    for (const child of node.childNodes) visit(child);
    if (node !== root && node.matches(selector)) places.push({ element: node, start, end: at });
  }
  visit(root);
  return places;
}

function lengthBefore(root, node, offset = 0) {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

// The words that are selected in `root`, without the white space around them, as Python counts; null if there are none.
function selectedIn(root) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  return trimmed(root.textContent, lengthBefore(root, range.startContainer, range.startOffset), range.toString().length);
}

function trimmed(text, start, length) {
  const words = text.slice(start, start + length);
  const first = start + words.length - words.trimStart().length;
  const last = first + words.trim().length;
  if (first >= last) return null;
  return { start: toPython(text, first), end: toPython(text, last), words: words.trim() };
}

// The place of a click, or of a mark that was chosen with the keyboard, as Python counts.
function placeOf(root, event) {
  const text = root.textContent;
  const label = event.target.closest(".tag, .end");
  let at = null;
  if (label && root.contains(label)) {
    const after = label.matches(".start");
    at = lengthBefore(root, label) - (after ? 0 : 1);
  } else if (event.detail && document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(event.clientX, event.clientY);
    if (caret && root.contains(caret.offsetNode)) at = lengthBefore(root, caret.offsetNode, caret.offset);
  } else if (event.detail && document.caretRangeFromPoint) {
    const caret = document.caretRangeFromPoint(event.clientX, event.clientY);
    if (caret && root.contains(caret.startContainer)) at = lengthBefore(root, caret.startContainer, caret.startOffset);
  }
  at ??= lengthBefore(root, event.target);
  at = Math.min(Math.max(at, 0), text.length - 1);
  const start = toPython(text, at);
  return { start, end: start + 1 };
}
