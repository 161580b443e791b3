// What the bot has stored, as its own database has it now.

import { button, byId, el, fill, icon, plural } from "./dom.js";
import { get } from "./api.js";

const AFTER = [250, 1200]; // milliseconds after a change: the bot writes a little later than people

export class Stored {
  constructor(app) {
    this.app = app;
    this.box = byId("stored");
    this.toggle = byId("stored-toggle");
    this.toggle.addEventListener("click", () => this.show(this.box.hidden));
    this.timers = [];
    this.signature = "";
    this.box.addEventListener("keydown", (event) => event.key === "Escape" && this.show(false));
  }

  show(open) {
    this.box.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("stored-open", open);
    if (!open) return this.toggle.focus();
    this.signature = "";
    return this.load();
  }

  // Something happened that the bot may store.
  changed() {
    if (this.box.hidden) return;
    this.timers.forEach(clearTimeout);
    this.timers = AFTER.map((pause) => setTimeout(() => this.load(), pause));
  }

  async load() {
    const tables = await get("stored").catch(() => null);
    const signature = JSON.stringify(tables);
    if (!tables || this.box.hidden || signature === this.signature) return;
    const first = this.signature === "";
    this.signature = signature;
    const open = new Set([...this.box.querySelectorAll("details[open]")].map((each) => each.dataset.table));
    const focused = this.box.contains(document.activeElement);
    fill(
      this.box,
      el("div", { class: "stored-head" }, el("h2", { tabindex: "-1" }, "What the bot has stored"), button(icon("close"), () => this.show(false), { class: "icon-button", "aria-label": "Close" })),
      el("p", { class: "dim" }, "Read from its SQLite file; it follows as people talk."),
      ...Object.entries(tables).map(([name, rows], index) => el("details", { data: { table: name }, open: first ? index === 0 : open.has(name) },
        el("summary", {}, el("code", {}, name), el("span", { class: "dim" }, ` ${plural(rows.length, "row", "rows")}`)),
        rows.length ? rows.map(record) : el("p", { class: "empty" }, "Nothing yet."))));
    if (first || focused) this.box.querySelector("h2").focus();
  }
}

// A row, its columns below one another: texts are long and the place is narrow.
function record(row) {
  return el("dl", { class: "record" }, Object.entries(row).map(([column, value]) => el("div", {},
    el("dt", {}, column), value === null ? el("dd", { class: "dim" }, "null") : el("dd", {}, String(value)))));
}
