// A forum: its posts with their tags and the first lines of their starters.

import { arrows, button, byId, el, fill, freshId, icon, lengthOf, plural } from "./dom.js";
import { get, post } from "./api.js";
import { firstLine, nameOf } from "./message.js";
import { Can } from "./store.js";
import { relative, timeOf } from "./times.js";

const SOON = 200; // milliseconds in which changes are gathered into one look

export class Forum {
  constructor(app) {
    this.app = app;
    this.box = byId("forum");
    this.starters = new Map();
    this.tags = new Set();
    this.timer = 0;
    arrows(this.box, ".post");
  }

  async open() {
    this.tags.clear();
    await this.load();
  }

  // Looks again, once for all the changes of a moment.
  refresh() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), SOON);
  }

  async load() {
    const { place, store } = this.app;
    const found = await get("starters", { channel: place.id, as: store.myId }).catch(() => []);
    if (place !== this.app.place) return;
    this.starters = new Map(found.map((each) => [each.id, each]));
    this.render();
  }

  render() {
    const { place, store } = this.app;
    if (place?.type !== 15) return;
    const focused = this.box.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const fits = (thread) => !this.tags.size || thread.applied_tags.some((each) => this.tags.has(each));
    const open = store.threadsOf(place.id).filter(fits).sort((one, other) => (other.flags & 2) - (one.flags & 2));
    const archived = store.threadsOf(place.id, { archived: true }).filter(fits);
    fill(
      this.box,
      el("div", { class: "forum-head" }, this.filters(place), store.can(place, Can.SEND) && button("New post", () => newPost(place, this.app), { class: "primary" })),
      open.length ? el("ul", { class: "posts" }, open.map((each) => this.post(each, place))) : el("p", { class: "empty" }, "No posts here yet."),
      archived.length > 0 && el("details", { class: "archive" }, el("summary", {}, `Older posts (${archived.length})`), el("ul", { class: "posts" }, archived.map((each) => this.post(each, place)))));
    if (focused) [...this.box.querySelectorAll("a")].find((each) => each.getAttribute("href") === focused)?.focus();
  }

  filters(place) {
    const tags = place.available_tags ?? [];
    return el("div", { class: "tags", role: "group", "aria-label": "Tags" }, tags.map((tag) => button(tag.name, () => {
      if (!this.tags.delete(tag.id)) this.tags.add(tag.id);
      this.render();
    }, { class: "tag", "aria-pressed": String(this.tags.has(tag.id)) })));
  }

  post(thread, place) {
    const starter = this.starters.get(thread.id);
    const names = new Map((place.available_tags ?? []).map((each) => [each.id, each.name]));
    const tags = (thread.applied_tags ?? []).map((each) => names.get(each)).filter(Boolean);
    const when = relative(timeOf(thread.last_message_id ?? thread.id));
    const unread = this.app.store.isUnread(thread);
    return el("li", {}, el("a", { href: `#${thread.id}`, class: unread ? "post unread-post" : "post" },
      tags.length > 0 && el("span", { class: "tags" }, tags.map((each) => el("span", { class: "tag" }, each))),
      el("strong", { class: "post-title" }, thread.name, (thread.flags & 2) !== 0 && sign("pin", "Pinned"), thread.thread_metadata.locked && sign("lock", "Locked")),
      starter && el("span", { class: "post-lines" }, el("span", { class: "post-author" }, `${nameOf(starter)}: `), firstLine(starter, this.app.store.names)),
      el("span", { class: "dim" }, `${plural(thread.message_count, "message", "messages")} · ${when}`),
      unread && el("span", { class: "hidden" }, " unread")));
  }
}

function sign(name, label) {
  return el("span", { title: label }, " ", icon(name), el("span", { class: "hidden" }, label));
}

function newPost(place, app) {
  const ids = { title: freshId("title"), text: freshId("text"), head: freshId("head") };
  const title = el("input", { id: ids.title, autocomplete: "off" });
  const text = el("textarea", { id: ids.text, rows: "5" });
  const boxes = (place.available_tags ?? []).map((tag) => ({ id: tag.id, input: el("input", { type: "checkbox" }), name: tag.name }));
  const fault = el("p", { class: "fault", role: "alert" });
  const form = el("form", { method: "dialog", novalidate: true }, el("h2", { id: ids.head }, "New post"),
    el("div", { class: "field" }, el("label", { for: ids.title }, "Title"), title),
    el("div", { class: "field" }, el("label", { for: ids.text }, "Message"), text),
    boxes.length > 0 && el("fieldset", { class: "field" }, el("legend", {}, "Tags"), boxes.map(({ input, name }) => el("label", { class: "choice" }, input, el("span", {}, name)))),
    fault, el("div", { class: "dialog-actions" }, button("Cancel", () => dialog.close(), { class: "secondary" }), el("button", { type: "submit", class: "primary" }, "Post")));
  const dialog = el("dialog", { class: "modal", "aria-labelledby": ids.head, onclose: () => dialog.remove() }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = title.value.trim();
    if (!name || lengthOf(name) > 100) {
      fault.textContent = name ? "A title has at most 100 characters." : "Give it a title.";
      return;
    }
    try {
      const tags = boxes.filter((each) => each.input.checked).map((each) => each.id);
      const thread = await post("start_post", { as: app.store.myId, channel: place.id, name, content: text.value, tags });
      dialog.close();
      app.go(thread.id);
    } catch (error) {
      fault.textContent = error.message;
    }
  });
  document.body.append(dialog);
  dialog.showModal();
}
