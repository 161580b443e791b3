// Where a text may lead: http, https and discord addresses, and places in this guild.

import { el } from "./dom.js";

const SCHEMES = new Set(["http:", "https:", "discord:"]);
const PLACE = /^https?:\/\/(?:[\w-]+\.)?discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?\/?$/;

export function safeUrl(text) {
  try {
    const url = new URL(String(text).trim());
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

// A link; what it leads to within the guild opens here, the rest in a page of its own.
export function link(address, ...children) {
  const href = safeUrl(address);
  if (href === null) return el("span", {}, ...children);
  const place = PLACE.exec(href);
  if (place) return el("a", { href: `#${place[1]}${place[2] ? `/${place[2]}` : ""}`, class: "place-link" }, ...children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", title: href }, ...children);
}

// Files that the sandbox itself keeps are the only ones that are fetched.
export function ownFile(address) {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin && url.pathname.startsWith("/attachments/") ? url.href : null;
  } catch {
    return null;
  }
}
