// Discord's Markdown dialect: what stands in lines. What stands within a line is in inline.js.
// Nodes are made one by one; no text is ever read as HTML.

import { el } from "./dom.js";
import { inline } from "./inline.js";

const FENCE = /^```(?:([a-z0-9_+\-.#]+)\n)?\n*([^\n][\s\S]*?)\n*```/i;
const HEADER = /^(#{1,3}) +(\S[^\n]*)(?:\n|$)/;
const SUBTEXT = /^-# +(\S[^\n]*)(?:\n|$)/;
const REST_QUOTE = /^>>> ([\s\S]*)$/;
const QUOTE = /^(?:> [^\n]*(?:\n|$))+/;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(\S[^\n]*)$/;
const DEEPEST = 12;

// Renders a text into a fragment.
//   names: how the ids in mentions are called (see store.js)
//   headers: off in an embed's fields, which have none
export function markdown(text, names, { headers = true } = {}) {
  return blocks(text, { names, headers, quoted: false, depth: 0 });
}

// Renders a text of one line, without headers, lists and quotes.
export function markdownLine(text, names) {
  return inline(text, { names, depth: 0 });
}

function blocks(source, context) {
  const fragment = document.createDocumentFragment();
  let rest = source;
  let loose = "";
  const flush = () => {
    // a line's end before a block is the block's own; what more there is are blank lines
    if (loose) fragment.append(inline(loose.replace(/([^\n])\n$/, "$1"), context));
    loose = "";
  };
  while (rest) {
    const found = context.depth < DEEPEST ? blockAt(rest, context) : null;
    if (found) {
      flush();
      fragment.append(found.node);
      rest = rest.slice(found.length);
      continue;
    }
    const taken = lineOf(rest);
    loose += rest.slice(0, taken.length);
    if (taken.fenced) {
      flush();
      fragment.append(codeBlock(taken.fenced));
    }
    rest = rest.slice(taken.length + (taken.fenced ? taken.fenced[0].length : 0));
    if (taken.fenced && rest.startsWith("\n")) rest = rest.slice(1);
  }
  flush();
  return fragment;
}

// A line, its end included; or what stands before a code block that begins within it.
function lineOf(rest) {
  const end = rest.indexOf("\n");
  const length = end < 0 ? rest.length : end + 1;
  const at = rest.slice(0, length).indexOf("```");
  const fenced = at > 0 && rest[at - 1] !== "\\" && rest[at - 1] !== "`" ? FENCE.exec(rest.slice(at)) : null;
  return fenced ? { length: at, fenced } : { length };
}

function blockAt(rest, context) {
  const fence = FENCE.exec(rest);
  if (fence) return { node: codeBlock(fence), length: fence[0].length + (rest[fence[0].length] === "\n" ? 1 : 0) };
  const deeper = { ...context, depth: context.depth + 1 };
  const header = context.headers && HEADER.exec(rest);
  if (header) {
    // levels of our own: the page has its h1 and h2 already
    const node = el("div", { class: `h${header[1].length}`, role: "heading", "aria-level": header[1].length + 2 });
    node.append(inline(header[2], deeper));
    return { node, length: header[0].length };
  }
  const subtext = context.headers && SUBTEXT.exec(rest);
  if (subtext) return { node: el("small", { class: "subtext" }, inline(subtext[1], deeper)), length: subtext[0].length };
  return (!context.quoted && quoteAt(rest, deeper)) || listAt(rest, deeper);
}

function quoteAt(rest, context) {
  const every = REST_QUOTE.exec(rest);
  const found = every ?? QUOTE.exec(rest);
  if (!found) return null;
  const body = every ? every[1] : found[0].replace(/^> /gm, "").replace(/\n$/, "");
  return { node: el("blockquote", {}, blocks(body, { ...context, quoted: true })), length: found[0].length };
}

function codeBlock([, language, code]) {
  return el("pre", {}, el("code", language ? { data: { language } } : {}, code));
}

// Nesting goes by the marker's width: two spaces for a bullet, three for a number. What is indented
// as deep belongs to the item, whatever it is; a fence's lines do until it is closed.
function listAt(rest, context) {
  const items = [];
  let length = 0;
  let fenced = false;
  for (const line of rest.split("\n")) {
    const item = items.at(-1);
    const indent = /^ */.exec(line)[0].length;
    const found = fenced ? null : ITEM.exec(line);
    if (found && (!item || indent < item.indent + item.width)) {
      const [, , mark, text] = found;
      items.push({ mark, indent: items[0]?.indent ?? indent, width: /\d/.test(mark) ? 3 : 2, lines: [text] });
    } else if (item && (fenced || found || (indent > 1 && indent < line.length))) {
      item.lines.push(line.slice(Math.min(indent, item.indent + item.mark.length + 1)));
    } else break;
    if (/^ *```/.test(item && !found ? line : (found?.[3] ?? ""))) fenced = !fenced;
    length += line.length + 1;
  }
  if (!items.length) return null;
  const first = Number.parseInt(items[0].mark, 10);
  const list = Number.isNaN(first) ? el("ul") : el("ol", { start: first });
  for (const { lines } of items) list.append(el("li", {}, blocks(lines.join("\n"), context)));
  return { node: list, length: Math.min(length, rest.length) };
}
