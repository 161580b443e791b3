// The head of what is open: its name, what it is about, and what a moderator may do with it.

import { button, byId, el, fill } from "./dom.js";
import { post } from "./api.js";
import { Can, Type } from "./store.js";

export function header(app) {
  const { place, store } = app;
  const parent = store.parentOf(place);
  const state = place.thread_metadata;
  fill(byId("place"), el("span", { class: "sign", "aria-hidden": "true" }, parent ? "" : "# "), place.name);
  const words = [parent && `in #${parent.name}`, state?.archived && "archived", state?.locked && "locked", place.rate_limit_per_user > 0 && `slow mode: ${place.rate_limit_per_user} s`, place.topic];
  byId("topic").textContent = words.filter(Boolean).join(" · ");
  const up = byId("up");
  up.hidden = !parent;
  up.setAttribute("aria-label", parent ? `Back to #${parent.name}` : "Back");
  up.onclick = parent ? () => app.go(parent.id) : null;
  fill(byId("place-actions"), ...actions(app));
}

function actions(app) {
  const { place, store } = app;
  if (place.type !== Type.THREAD) return [];
  const { archived, locked } = place.thread_metadata;
  const moderates = store.can(place, Can.MANAGE_THREADS);
  const change = (changes) => app.attempt(() => post("change_thread", { as: store.myId, channel: place.id, changes }));
  const made = [];
  if (moderates) made.push(button(locked ? "Unlock" : "Lock", () => change({ locked: !locked }), { class: "secondary" }));
  if (moderates || place.owner_id === store.myId) made.push(button(archived ? "Unarchive" : "Archive", () => change({ archived: !archived }), { class: "secondary" }));
  if (moderates) made.push(button("Delete", () => app.attempt(() => post("delete_thread", { as: store.myId, channel: place.id })), { class: "secondary danger" }));
  return made;
}
