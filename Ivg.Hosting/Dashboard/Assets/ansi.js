import { h } from "/assets/dom.js";

const SEQUENCE = /\u001b(?:\[([0-9;:]*)([A-Za-z])|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

/** A line with escape sequences as spans with classes: sixteen colours, bold, dim, italic and underlined; the rest is dropped. */
export function ansi(text) {
  const parts = [];
  let style = {};
  let at = 0;
  for (const match of text.matchAll(SEQUENCE)) {
    push(parts, text.slice(at, match.index), style);
    at = match.index + match[0].length;
    if (match[2] === "m") style = apply(style, match[1]);
  }
  push(parts, text.slice(at), style);
  return parts;
}

/** The text without its escape sequences. */
export function plain(text) {
  return text.replace(SEQUENCE, "");
}

function push(parts, text, style) {
  if (!text) return;
  const classes = Object.entries(style).map(([name, value]) => (value === true ? `a-${name}` : `a-${name}${value}`));
  parts.push(classes.length > 0 ? h("span", { className: classes.join(" ") }, text) : text);
}

function apply(style, codes) {
  const numbers = codes === "" ? [0] : codes.split(/[;:]/).map(Number);
  let next = { ...style };
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i];
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 22) { delete next.bold; delete next.dim; }
    else if (code === 23) delete next.italic;
    else if (code === 24) delete next.underline;
    else if (code >= 30 && code <= 37) next.fg = code - 30;
    else if (code >= 90 && code <= 97) next.fg = code - 82;
    else if (code === 39) delete next.fg;
    else if (code >= 40 && code <= 47) next.bg = code - 40;
    else if (code >= 100 && code <= 107) next.bg = code - 92;
    else if (code === 49) delete next.bg;
    else if (code === 38 || code === 48) {
      // Of the 256 colours the first sixteen are ours; finer ones keep the text's own.
      if (numbers[i + 1] === 5 && numbers[i + 2] < 16) next[code === 38 ? "fg" : "bg"] = numbers[i + 2];
      i += numbers[i + 1] === 5 ? 2 : 4;
    }
  }
  return next;
}
