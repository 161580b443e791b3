// Embeds and files. Only files that the sandbox keeps are fetched: nothing leaves this machine.

import { el, icon } from "./dom.js";
import { link, ownFile } from "./links.js";
import { markdown, markdownLine } from "./markdown.js";
import { short } from "./times.js";

export function embed(data, names) {
  const node = el("article", { class: "embed" },
    data.author?.name && el("p", { class: "embed-author" }, data.author.url ? link(data.author.url, data.author.name) : data.author.name),
    data.title && title(data, names),
    data.description && el("div", { class: "embed-text markup" }, markdown(data.description, names)),
    data.fields?.length && el("div", { class: "embed-fields" }, data.fields.map((each) => field(each, names))),
    data.image?.url && picture(data.image.url, "Picture"),
    data.thumbnail?.url && picture(data.thumbnail.url, "Thumbnail"),
    foot(data));
  if (Number.isInteger(data.color)) node.style.setProperty("--bar", `#${data.color.toString(16).padStart(6, "0")}`);
  return node;
}

function title(data, names) {
  const text = markdownLine(data.title, names);
  return el("p", { class: "embed-title" }, data.url ? link(data.url, text) : text);
}

function field(data, names) {
  return el("div", { class: data.inline ? "embed-field inline" : "embed-field" },
    el("p", { class: "embed-name" }, markdownLine(data.name, names)),
    el("div", { class: "markup" }, markdown(data.value, names, { headers: false })));
}

function foot(data) {
  const when = data.timestamp ? short(new Date(data.timestamp)) : null;
  const parts = [data.footer?.text, when].filter(Boolean);
  return parts.length ? el("p", { class: "embed-foot" }, parts.join(" · ")) : null;
}

export function picture(address, description) {
  const own = ownFile(address);
  if (own) return el("img", { class: "picture", src: own, alt: description, loading: "lazy" });
  return el("p", { class: "picture-away" }, `${description}: `, link(address, address));
}

const UNITS = ["bytes", "KB", "MB"];

function size(bytes) {
  let unit = 0;
  let amount = bytes;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${unit ? amount.toFixed(1) : amount} ${UNITS[unit]}`;
}

export function attachment(data) {
  const own = ownFile(data.url);
  const name = data.filename ?? "file";
  if (own && /^image\//.test(data.content_type ?? "")) return picture(data.url, data.description ?? name);
  return el("p", { class: "file" }, icon("file"), " ",
    own ? el("a", { href: own, download: name }, name) : name,
    Number.isFinite(data.size) && el("span", { class: "dim" }, ` ${size(data.size)}`));
}
