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

// Nesting goes by the marker's width: two spaces for a bullet, three for a number.
function listAt(rest, context) {
  const items = [];
  let length = 0;
  for (const line of rest.split("\n")) {
    const found = ITEM.exec(line);
    const more = !found && items.length > 0 && /^ {2,}\S/.test(line);
    if (!found && !more) break;
    if (more) items.at(-1).text += `\n${line.trim()}`;
    else items.push({ indent: found[1].length, ordered: /\d/.test(found[2]), start: Number.parseInt(found[2], 10), text: found[3] });
    length += line.length + 1;
  }
  if (!items.length || items[0].indent > 1) return null;
  return { node: tree(items, context), length: Math.min(length, rest.length) };
}

function tree(items, context) {
  const list = (item) => (item.ordered ? el("ol", { start: item.start }) : el("ul"));
  const open = [{ node: list(items[0]), indent: items[0].indent, width: items[0].ordered ? 3 : 2 }];
  for (const item of items) {
    while (open.length > 1 && item.indent < open.at(-1).indent) open.pop();
    const level = open.at(-1);
    const parent = level.node.lastElementChild;
    if (parent && item.indent >= level.indent + level.width) {
      const inner = list(item);
      parent.append(inner);
      open.push({ node: inner, indent: item.indent, width: item.ordered ? 3 : 2 });
    }
    open.at(-1).node.append(el("li", {}, inline(item.text, context)));
  }
  return open[0].node;
}
