// Where one writes: messages, replies, edits, and commands after a slash.

import { button, byId, el, fill, icon, lengthOf } from "./dom.js";
import { post } from "./api.js";
import { commandForm, commandsIn, matching } from "./commands.js";
import { nameOf } from "./message.js";
import { suggest } from "./suggest.js";

const MOST = 2000;
const WARN = 1800;

export class Composer {
  constructor(app) {
    this.app = app;
    this.box = byId("composer");
    this.bar = el("div", { class: "composer-bar", hidden: true });
    this.input = el("textarea", { rows: "1", "aria-label": "Message", autocomplete: "off", "aria-describedby": "composer-fault" });
    this.count = el("span", { class: "counter dim" });
    this.send = button(icon("send"), () => this.submit(), { class: "send", "aria-label": "Send" });
    this.fault = el("p", { class: "fault", role: "alert", id: "composer-fault" });
    this.line = el("div", { class: "composer-line" }, this.input, this.count, this.send);
    this.box.append(this.bar, this.line, this.fault);
    this.target = null; // { kind: "reply" | "edit", message, mention }
    this.drafts = new Map();
    this.commands = { slash: [], menus: [] };
    this.form = null;
    this.list = suggest(this.input, {
      label: "Commands",
      source: async (text) => (this.target ? [] : matching(this.commands.slash, text)),
      onpick: ({ value }) => this.command(value),
    });
    this.input.addEventListener("input", () => this.resize());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
  }

  get key() { return `${this.app.store.myId} ${this.app.place.id}`; }

  // Turns to the channel that is open now; what was half written there is still there.
  async open() {
    this.closeForm();
    this.clearTarget();
    this.list.hide();
    this.fault.textContent = "";
    this.input.value = this.drafts.get(this.key) ?? "";
    this.refresh(); // a hidden box has no height to fit
    this.resize();
    const { place } = this.app;
    const commands = place.type === 15 ? null : await commandsIn(place, this.app).catch(() => null);
    if (place === this.app.place) this.commands = commands ?? { slash: [], menus: [] };
  }

  // Takes over whether one may write here.
  refresh() {
    const silence = this.app.store.silence(this.app.place);
    const isForum = this.app.place.type === 15;
    this.box.hidden = isForum;
    this.input.disabled = this.send.disabled = silence !== null;
    this.input.placeholder = silence ?? `Message #${this.app.place.name}`;
  }

  focus() {
    if (this.form) this.form.focus();
    else if (!this.input.disabled) this.input.focus();
  }

  resize() {
    this.drafts.set(this.key, this.target?.kind === "edit" ? "" : this.input.value);
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 240)}px`;
    const left = MOST - lengthOf(this.input.value);
    this.count.textContent = left > MOST - WARN ? "" : String(left);
    this.count.classList.toggle("over", left < 0);
  }

  onKey(event) {
    if (event.isComposing) return;
    const { key } = event;
    if (key === "Enter" && !event.shiftKey) this.submit();
    else if (key === "Escape" && this.target) this.clearTarget({ keep: this.target.kind === "reply" });
    else if (key === "ArrowUp" && !this.input.value && !this.target) {
      const own = this.app.log.lastOwn();
      if (!own) return;
      this.edit(own);
    } else return;
    event.preventDefault();
  }

  reply(message) {
    this.closeForm();
    this.clearTarget();
    this.target = { kind: "reply", message, mention: true };
    const ping = button("@ on", () => {
      this.target.mention = !this.target.mention;
      ping.textContent = this.target.mention ? "@ on" : "@ off";
      ping.setAttribute("aria-pressed", String(this.target.mention));
    }, { class: "text-button", "aria-pressed": "true", "aria-label": "Mention whom you answer" });
    this.showBar(["Replying to ", el("strong", {}, nameOf(message))], ping);
  }

  edit(message) {
    this.closeForm();
    this.target = { kind: "edit", message };
    this.input.value = message.content;
    this.showBar(["Editing your message"]);
    this.resize();
  }

  showBar(words, ...controls) {
    fill(this.bar, el("span", {}, ...words), ...controls, button(icon("close"), () => this.clearTarget({ keep: this.target.kind === "reply" }), { class: "text-button", "aria-label": "Cancel" }));
    this.bar.hidden = false;
    this.input.focus();
  }

  clearTarget({ keep = false } = {}) {
    if (this.target?.kind === "edit" && !keep) this.input.value = "";
    this.target = null;
    this.bar.hidden = true;
    fill(this.bar);
  }

  command(command) {
    this.input.value = "";
    this.resize();
    this.closeForm();
    this.form = commandForm(command, this.app.place, this.app, () => {
      this.closeForm();
      this.input.focus();
    });
    this.line.hidden = true;
    this.box.append(this.form.node);
    this.form.focus();
  }

  closeForm() {
    this.form?.node.remove();
    this.form = null;
    this.line.hidden = false;
  }

  async submit() {
    const content = this.input.value.trim();
    const { target } = this;
    this.fault.textContent = "";
    if (!content || this.input.disabled) return;
    if (lengthOf(content) > MOST) {
      this.fault.textContent = `${lengthOf(content) - MOST} characters too many.`;
      return;
    }
    if (!target && /^\/\S/.test(content) && !matching(this.commands.slash, content).length) {
      this.fault.textContent = "There is no such command here. To write it as text, begin with a space and another word.";
      return;
    }
    const fields = { as: this.app.store.myId, channel: this.app.place.id, content };
    this.input.value = "";
    this.clearTarget();
    this.resize();
    try {
      if (target?.kind === "edit") {
        if (content !== target.message.content) await post("edit", { ...fields, message: target.message.id });
      } else if (target) await post("say", { ...fields, reply_to: target.message.id, mention: target.mention });
      else await post("say", fields);
    } catch (error) {
      this.fault.textContent = error.message;
      if (!this.input.value) {
        if (target) this[target.kind](target.message);
        this.input.value = content;
        this.resize();
      }
    }
  }
}
