// What stands within a line: emphasis, code, spoilers, links, mentions, timestamps.

import { el } from "./dom.js";
import { link, safeUrl } from "./links.js";
import { styled, whole } from "./times.js";

const DEEPEST = 12;
const ESCAPE = /^\\([^0-9A-Za-z\s])/;
const CODE = /^(`+)([\s\S]*?[^`])\1(?!`)/;
const ANGLED = /^<((?:https?|discord):\/\/[^\s<>]+)>/;
const MASKED = /^\[((?:\\[\s\S]|\[[^\]\n]*\]|\](?=[^[\n]*\]\()|[^\][\\])*)\]\(\s*(?:<([^\s<>]+)>|([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*))(?:\s+(?:"([^"\n]*)"|'([^'\n]*)'))?\s*\)/;
const BARE = /^(?:https?|discord):\/\/(?:[^\s<\]]|\](?!\())+/;
const TOKEN = /^<(?:@!?(\d{1,20})|@&(\d{1,20})|#(\d{1,20})|\/([^<>:\n]{1,100}):(\d{1,20})|(a?):(\w{1,32}):(\d{1,20})|id:(browse|customize|guide|home)|t:(-?\d{1,13})(?::([tTdDfFsSR]))?)>/;
const PING = /^@(?:everyone|here)/;
const SPOILER = /^\|\|([\s\S]+?)\|\|/;
const STRIKE = /^~~([\s\S]+?)~~(?!_)/;
const STRONG = /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/;
const UNDER = /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/;
const EM = /^_((?:__|\\[\s\S]|[^\\_])+?)_\b(?!_)|^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^*\s\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/;
const PLAIN = /^[\s\S][^\\`<[*_~|@\nhd]*/;
const SHOWS_LINK_LITERALLY = /https?:\/\/|<a?:\w+:\d+>|\p{Emoji_Presentation}/u;
const PLACES = { browse: "Browse Channels", customize: "Channels & Roles", guide: "Server Guide", home: "Server Guide" };

// Renders a text into a fragment.
export function inline(source, context) {
  const fragment = document.createDocumentFragment();
  let rest = source;
  let plain = "";
  const flush = () => {
    if (plain) fragment.append(plain);
    plain = "";
  };
  while (rest) {
    const found = context.depth < DEEPEST ? spanAt(rest, { ...context, depth: context.depth + 1 }) : null;
    if (found && typeof found.node === "string") plain += found.node;
    else if (found) {
      flush();
      fragment.append(found.node);
    }
    const length = found ? found.length : PLAIN.exec(rest)[0].length;
    if (!found) plain += rest.slice(0, length);
    rest = rest.slice(length);
  }
  flush();
  return fragment;
}

function spanAt(rest, context) {
  switch (rest[0]) {
    case "\\": return match(ESCAPE, rest, ([, character]) => character);
    case "\n": return { node: el("br"), length: 1 };
    case "`": return match(CODE, rest, ([, , code]) => el("code", {}, code.trim() ? code.replace(/^ (?=`)|(?<=`) $/g, "") : code)) ?? ticks(rest);
    case "<": return match(ANGLED, rest, ([, address]) => address && link(address, address)) ?? match(TOKEN, rest, (found) => token(found, context));
    case "[": return masked(rest, context);
    case "|": return match(SPOILER, rest, ([, text]) => spoiler(inline(text, context)));
    case "~": return match(STRIKE, rest, ([, text]) => el("s", {}, inline(text, context)));
    case "*":
    case "_": return emphasis(rest, context);
    case "@": return match(PING, rest, ([text]) => el("span", { class: "mention" }, text));
    case "h":
    case "d": return bare(rest);
    default: return null;
  }
}

function match(pattern, rest, make) {
  const found = pattern.exec(rest);
  const node = found && make(found);
  return node === null || node === undefined || node === false ? null : { node, length: found[0].length };
}

// Unmatched ticks are text, all of them: the last of three does not open a span.
function ticks(rest) {
  const run = /^`+/.exec(rest)[0];
  return { node: run, length: run.length };
}

// Of the spans that open here the longest counts, and emphasis before strength.
function emphasis(rest, context) {
  const spans = [[EM, "em", 0.2], [STRONG, "strong", 0.1], [UNDER, "u", 0]];
  let best = null;
  for (const [pattern, tag, bonus] of spans) {
    const found = pattern.exec(rest);
    if (found && (!best || found[0].length + bonus > best.weight)) best = { found, tag, weight: found[0].length + bonus };
  }
  if (!best) return null;
  const text = best.found[1] ?? best.found[2];
  return { node: el(best.tag, {}, inline(text, context)), length: best.found[0].length };
}

function masked(rest, context) {
  const found = MASKED.exec(rest);
  if (!found) return null;
  const [all, text, angled, direct, double, single] = found;
  const address = angled ?? direct;
  if (!text.trim() || safeUrl(address) === null || SHOWS_LINK_LITERALLY.test(text)) return null;
  const node = link(address, inline(text, { ...context, depth: DEEPEST - 3 }));
  if (double ?? single) node.title = `${double ?? single} (${address})`;
  return { node, length: all.length };
}

function bare(rest) {
  const found = BARE.exec(rest);
  if (!found) return null;
  let address = found[0].replace(/[.,:;"'\]*_~|]+$/, "");
  while (address.endsWith(")") && address.split(")").length > address.split("(").length) address = address.slice(0, -1);
  return safeUrl(address) === null ? null : { node: link(address, address), length: address.length };
}

function token([, user, role, channel, command, , , emoji, , place, stamp, style], { names }) {
  const mention = (text) => el("span", { class: "mention" }, text);
  if (user) return mention(`@${names.user(user)}`);
  if (role) return mention(`@${names.role(role)}`);
  if (channel) return el("a", { class: "mention", href: `#${channel}` }, `#${names.channel(channel)}`);
  if (command) return mention(`/${command}`);
  if (emoji) return `:${emoji}:`;
  if (place) return mention(PLACES[place]);
  return time(Number(stamp), style);
}

function time(seconds, style) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  return el("time", { datetime: date.toISOString(), title: whole(date), data: { style: style ?? "f" } }, styled(date, style));
}

function spoiler(content) {
  const body = el("span", { class: "spoiler-text" }, content);
  const cover = el("button", { type: "button", class: "spoiler", "aria-label": "Spoiler, show it", "aria-expanded": "false" }, body);
  body.setAttribute("aria-hidden", "true");
  cover.addEventListener("click", (event) => {
    if (cover.dataset.open) return;
    event.stopPropagation();
    event.preventDefault();
    const shown = el("span", { class: "spoiler-shown", tabindex: "-1" }, ...body.childNodes);
    cover.replaceWith(shown);
    shown.focus();
  });
  return cover;
}
