// What one does to messages. Every refusal is told; nothing is retried.

import { ask, post, Refusal, Unreachable } from "./api.js";
import { announce, byId } from "./dom.js";
import { isEphemeral } from "./message.js";
import { openMenu } from "./menu.js";
import { openModal } from "./modal.js";
import { Can, Type } from "./store.js";

const QUICK = ["👍", "❤️", "🤔"]; // reactions that the menu offers
const BRIEF = 6000; // milliseconds that a refusal stays

export class Actions {
  constructor() {
    this.forgetting = 0;
  }

  where(message) {
    return { as: this.store.myId, channel: message.channel_id, message: message.id };
  }

  // Does something, and says why not if it is refused or there is no answer.
  async attempt(action) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unreachable)) throw error;
      this.tell(error.message);
      return null;
    }
  }

  tell(text) {
    this.notice(text);
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => byId("notice").textContent === text && this.notice(null), BRIEF);
  }

  // Takes what came of an interaction: a form to fill in, a failure to tell; messages come by themselves.
  settle(answer) {
    if (answer.stage === "failed") this.tell("This interaction failed: the bot did not answer in three seconds.");
    else if (answer.modal) openModal(answer, this);
    else announce("Done");
  }

  async interact(endpoint, fields, control) {
    control.setAttribute("aria-busy", "true");
    const answer = await this.attempt(() => ask(endpoint, fields));
    control.removeAttribute("aria-busy");
    if (answer) this.settle(answer);
  }

  press(message, item, control) {
    if (control.getAttribute("aria-busy")) return null;
    return this.interact("click", { ...this.where(message), custom_id: item.custom_id }, control);
  }

  choose(message, item, values, control) {
    return this.interact("select", { ...this.where(message), custom_id: item.custom_id, values }, control);
  }

  dismiss(message) {
    return this.attempt(() => post("dismiss", this.where(message)));
  }

  reply(message) {
    if (!isEphemeral(message) && this.store.silence(this.place) === null) this.composer.reply(message);
  }

  // Reacts with an emoji, or takes one's own reaction back.
  react(message, emoji) {
    const mine = message.reactions?.find((each) => each.emoji.name === emoji)?.me;
    return this.attempt(() => post(mine ? "unreact" : "react", { ...this.where(message), emoji }));
  }

  edit(message) {
    if (message.author.id === this.store.myId) this.composer.edit(message);
  }

  jump(id) {
    return this.attempt(() => this.log.jump(id));
  }

  // Opens the menu of a message: what this member may do with it, and the bot's message commands.
  menu(message, anchor, at) {
    const { store, place } = this;
    const mine = message.author.id === store.myId;
    const seen = isEphemeral(message);
    const may = (bit) => store.can(place, bit);
    const items = [];
    const add = (label, action, danger = false) => items.push({ label, action, danger });
    if (!seen && store.silence(place) === null) add("Reply", () => this.reply(message));
    if (mine) add("Edit", () => this.edit(message));
    if (!seen && place.type === Type.TEXT && may(Can.START_THREADS) && !message.thread) add("Start a thread", () => this.startThread(message));
    if (!seen && may(Can.READ_HISTORY)) for (const emoji of QUICK) add(`React ${emoji}`, () => this.react(message, emoji));
    add("Copy text", () => this.attempt(() => navigator.clipboard.writeText(message.content)));
    if (seen) add("Dismiss", () => this.dismiss(message));
    else if (mine || may(Can.MANAGE_MESSAGES)) add("Delete", () => this.attempt(() => post("delete", this.where(message))), true);
    const { menus } = this.composer.commands;
    if (menus.length && !seen) {
      items.push(null);
      for (const { name, shown } of menus) add(`Apps: ${shown}`, () => this.interact("menu", { ...this.where(message), name }, anchor));
    }
    openMenu({ anchor, at, label: "Message", items });
  }

  async startThread(message) {
    const name = (message.content || "Thread").split("\n")[0].slice(0, 100);
    const thread = await this.attempt(() => post("start_thread", { ...this.where(message), name }));
    if (thread) this.go(thread.id);
  }
}

