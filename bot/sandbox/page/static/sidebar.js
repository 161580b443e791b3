// Channels and threads at the left.

import { arrows, byId, el, fill, icon } from "./dom.js";
import { Type } from "./store.js";

export class Sidebar {
  constructor(app) {
    this.app = app;
    this.box = byId("sidebar");
    this.openArchives = new Set();
    this.signature = "";
    this.drawer = byId("drawer");
    this.drawer.addEventListener("click", () => this.toggle());
    arrows(this.box, "a, summary");
    this.box.addEventListener("click", (event) => event.target.closest("a") && this.toggle(false));
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !document.body.classList.contains("drawer-open")) return;
      this.toggle(false);
      this.drawer.focus();
    });
    document.addEventListener("pointerdown", (event) => {
      if (document.body.classList.contains("drawer-open") && !this.box.contains(event.target) && !this.drawer.contains(event.target)) this.toggle(false);
    });
  }

  toggle(open = !document.body.classList.contains("drawer-open")) {
    document.body.classList.toggle("drawer-open", open);
    this.drawer.setAttribute("aria-expanded", String(open));
    if (open) (this.box.querySelector("[aria-current]") ?? this.box.querySelector("a"))?.focus();
  }

  // Draws what there is now; the focus stays where it was.
  render() {
    const { store } = this.app;
    const rows = store.top().map((each) => this.branch(each));
    const signature = JSON.stringify(rows);
    if (signature === this.signature) return;
    this.signature = signature;
    const focused = this.box.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    fill(this.box, el("ul", {}, rows.map((row) => this.draw(row))));
    if (focused) [...this.box.querySelectorAll("a")].find((each) => each.getAttribute("href") === focused)?.focus();
  }

  branch(channel) {
    const { store } = this.app;
    const threads = store.threadsOf(channel.id);
    const isForum = channel.type === Type.FORUM;
    const unreadPosts = isForum && threads.some((each) => store.isUnread(each));
    const shown = isForum ? threads.filter((each) => each.id === this.app.place?.id) : threads;
    const archived = isForum ? [] : store.threadsOf(channel.id, { archived: true });
    return { ...this.leaf(channel), forum: isForum, unread: isForum ? unreadPosts : store.isUnread(channel), threads: shown.map((each) => this.leaf(each)), archived: archived.map((each) => this.leaf(each)) };
  }

  leaf(channel) {
    const { store, place } = this.app;
    return { id: channel.id, name: channel.name, unread: store.isUnread(channel), current: place?.id === channel.id, locked: channel.thread_metadata?.locked ?? false };
  }

  draw(row) {
    return el("li", {}, this.link(row, row.forum ? icon("forum") : "#"),
      row.threads.length > 0 && el("ul", { class: "threads" }, row.threads.map((each) => el("li", {}, this.link(each, "")))),
      row.archived.length > 0 && this.archive(row));
  }

  link({ id, name, unread, current, locked }, sign) {
    return el("a", { href: `#${id}`, class: unread && !current ? "place-row unread-row" : "place-row", "aria-current": current ? "page" : null },
      sign && el("span", { class: "sign", "aria-hidden": "true" }, sign), el("span", { class: "row-name" }, name),
      locked && el("span", { class: "dim", title: "Locked" }, icon("lock"), el("span", { class: "hidden" }, "locked")),
      unread && !current && el("span", { class: "hidden" }, " unread"));
  }

  archive(row) {
    const details = el("details", { open: this.openArchives.has(row.id) || row.archived.some((each) => each.current) },
      el("summary", {}, `Archived (${row.archived.length})`), el("ul", { class: "threads" }, row.archived.map((each) => el("li", {}, this.link(each, "")))));
    details.addEventListener("toggle", () => this.openArchives[details.open ? "add" : "delete"](row.id));
    return details;
  }
}
