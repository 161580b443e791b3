// The messages of one channel: a window of history that moves with the scrolling.

import { announce, button, byId, el, fill, icon } from "./dom.js";
import { get } from "./api.js";
import { firstLine, isContinued, isEphemeral, isSaid, nameOf, renderMessage } from "./message.js";
import { dayOf, sameDay, timeOf } from "./times.js";

const PAGE = 50;
const MOST = 150; // messages in the document at once
const NEAR = 800; // pixels from an edge at which the next page is fetched
const SLICE = 12; // messages that are drawn between two frames, so that scrolling never waits long

const frame = () => new Promise(requestAnimationFrame);
const newer = (one, other) => BigInt(one) > BigInt(other);

export class Log {
  constructor(app) {
    this.app = app;
    this.box = byId("log");
    this.list = el("ol", { class: "messages" });
    this.fresh = button(["New messages ", icon("to-end")], () => this.toEnd(), { class: "to-end", hidden: true });
    this.scroller = el("div", { class: "scroller" }, this.list);
    this.box.append(this.scroller, this.fresh);
    this.clear();
    this.scroller.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("focusin", (event) => this.activate(event.target.closest(".message")));
    this.list.addEventListener("contextmenu", (event) => this.onContext(event));
    new ResizeObserver(() => this.pinned && this.toBottom()).observe(this.scroller);
  }

  clear() {
    this.messages = [];
    this.nodes = new Map();
    fill(this.list);
    this.active = null;
    this.busy = false;
    this.atStart = this.atEnd = true;
    this.pinned = true;
    this.firstUnread = null;
    this.gone = new Set(); // what was deleted while its page was on its way
    this.turn = (this.turn ?? 0) + 1;
  }

  fetch(fields) {
    return get("messages", { channel: this.app.place.id, as: this.app.store.myId, limit: PAGE, ...fields });
  }

  // Opens the channel: at its end, at its start, or around a message.
  async open({ atStart = false, around = null } = {}) {
    this.clear();
    const turn = this.turn;
    const mark = this.app.store.mark(this.app.place.id);
    const page = await this.fetch(around ? { around } : atStart ? { after: 0 } : {});
    if (turn !== this.turn) return;
    const isUnread = (each) => newer(each.id, mark) && !isEphemeral(each) && each.author.id !== this.app.store.myId;
    this.firstUnread = page.findIndex(isUnread) > 0 ? page.find(isUnread).id : null;
    const whole = page.length < PAGE;
    if (around || atStart) {
      this.show(page, "end");
      [this.atStart, this.atEnd] = [atStart, atStart && whole];
      this.pinned = false;
      if (around) this.focusOn(around);
      else this.scroller.scrollTop = 0;
    } else {
      this.show(page.splice(-SLICE), "end");
      this.toBottom();
      this.busy = true;
      await this.fill(page, "start");
      if (turn !== this.turn) return;
      [this.atStart, this.busy] = [whole, false];
    }
    await this.onScroll();
  }

  // Draws a page a slice a frame; what one looks at stays where it is.
  async fill(page, side) {
    const turn = this.turn;
    const start = side === "start";
    while (page.length && turn === this.turn) {
      const slice = start ? page.splice(-SLICE) : page.splice(0, SLICE);
      const keep = this.nodes.get((start ? this.messages[0] : this.messages.at(-1))?.id);
      const offset = keep ? keep.offsetTop - this.scroller.scrollTop : 0;
      this.show(slice, side);
      if (this.pinned) this.toBottom();
      else if (keep?.isConnected) this.scroller.scrollTop = keep.offsetTop - offset;
      if (page.length) await frame();
    }
  }

  // Puts a page at an end of the list, and takes as many from the other that stay out of sight.
  show(page, where) {
    const known = page.filter((each) => !this.nodes.has(each.id) && !this.gone.has(each.id));
    const nodes = known.map((each) => renderMessage(each, this.app));
    known.forEach((each, index) => this.nodes.set(each.id, nodes[index]));
    for (const node of nodes) this.stops(node, -1);
    if (where === "end") {
      this.messages.push(...known);
      this.list.append(...nodes);
      while (this.messages.length > MOST) this.drop(this.messages[0].id, "start");
    } else {
      this.messages.unshift(...known);
      this.list.prepend(...nodes);
      while (this.messages.length > MOST) this.drop(this.messages.at(-1).id, "end");
    }
    const around = where === "end" ? this.messages.length - known.length : 0;
    for (let index = around; index <= Math.min(around + known.length, this.messages.length - 1); index += 1) this.regroup(index);
    if (!this.active?.isConnected || !this.list.contains(document.activeElement)) this.activate(this.list.lastElementChild);
  }

  drop(id, side) {
    if (side === "start") this.atStart = false;
    if (side === "end") this.atEnd = false;
    this.messages = this.messages.filter((each) => each.id !== id);
    this.nodes.get(id)?.remove();
    this.nodes.delete(id);
  }

  // Whether a message goes on from the one before, begins a day, or is the first unread one.
  regroup(index) {
    const message = this.messages[index];
    if (!message) return;
    const before = this.messages[index - 1];
    const node = this.nodes.get(message.id);
    const date = timeOf(message.id);
    const newDay = !before || !sameDay(date, timeOf(before.id));
    const unread = message.id === this.firstUnread;
    node.classList.toggle("continued", !newDay && !unread && isContinued(message, before));
    node.querySelector(":scope > .divider")?.remove();
    if (newDay || unread) node.prepend(el("p", { class: unread ? "divider unread" : "divider" }, [newDay && dayOf(date), unread && "New"].filter(Boolean).join(" · ")));
  }

  async onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    this.pinned = this.atEnd && below < 40;
    if (this.pinned) this.sawEnd();
    if (this.busy || !this.messages.length) return;
    if (scrollTop < NEAR && !this.atStart) await this.more("start");
    else if (below < NEAR && !this.atEnd) await this.more("end");
  }

  async more(side) {
    this.busy = true;
    const turn = this.turn;
    const start = side === "start";
    const edge = start ? this.messages[0] : this.messages.at(-1);
    const page = await this.fetch(start ? { before: edge.id } : { after: edge.id }).catch(() => null);
    if (turn !== this.turn) return;
    if (page) {
      const whole = page.length < PAGE;
      await this.fill(page, side);
      if (turn !== this.turn) return;
      if (whole) this[start ? "atStart" : "atEnd"] = true;
    }
    this.busy = false;
  }

  // Takes over a message that was written or changed.
  put(message) {
    for (const each of this.messages) if (each.referenced_message?.id === message.id) this.replace({ ...each, referenced_message: message }, this.nodes.get(each.id));
    const old = this.nodes.get(message.id);
    if (old) return this.replace(this.keepOwn(message), old);
    const last = this.messages.at(-1);
    if (!this.atEnd || (last && !newer(message.id, last.id))) {
      this.fresh.hidden = this.atEnd;
      return null;
    }
    const stay = this.pinned;
    const mine = message.author.id === this.app.store.myId;
    this.show([message], "end");
    if (stay || mine) this.toBottom();
    else this.fresh.hidden = false;
    if (!mine && isSaid(message)) announce(`${nameOf(message)}: ${firstLine(message, this.app.store.names)}`);
    return null;
  }

  // Takes over a reaction that somebody added or took back, or that a moderator cleared.
  react(type, data) {
    const message = this.messages.find((each) => each.id === data.message_id);
    if (!message) return;
    const { name } = data.emoji ?? {};
    const reactions = (message.reactions ?? []).map((each) => ({ ...each }));
    const mine = data.user_id === this.app.store.myId;
    let found = reactions.find((each) => each.emoji.name === name);
    if (type === "MESSAGE_REACTION_ADD") {
      if (!found) reactions.push(found = { emoji: data.emoji, count: 0, me: false });
      found.count += 1;
      found.me ||= mine;
    } else if (type === "MESSAGE_REACTION_REMOVE" && found) {
      found.count -= 1;
      found.me &&= !mine;
    } else if (found) found.count = 0;
    const left = type === "MESSAGE_REACTION_REMOVE_ALL" ? [] : reactions.filter((each) => each.count > 0);
    this.replace({ ...message, reactions: left }, this.nodes.get(message.id));
  }

  // An update says what the bot's own reactions are, not ours.
  keepOwn(message) {
    const own = new Set(this.messages.find((each) => each.id === message.id)?.reactions?.filter((each) => each.me).map((each) => each.emoji.name));
    return { ...message, reactions: message.reactions?.map((each) => ({ ...each, me: own.has(each.emoji.name) })) };
  }

  replace(message, old) {
    const index = this.messages.findIndex((each) => each.id === message.id);
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.customId ?? "" : null;
    const node = renderMessage(message, this.app);
    this.stops(node, -1);
    this.messages[index] = message;
    this.nodes.set(message.id, node);
    const stay = this.pinned;
    old.replaceWith(node);
    this.regroup(index);
    if (this.active === old || focused !== null) this.activate(node);
    if (focused !== null) ([...node.querySelectorAll("[data-custom-id]")].find((each) => each.dataset.customId === focused) ?? node).focus();
    if (stay) this.toBottom();
  }

  remove(id) {
    const index = this.messages.findIndex((each) => each.id === id);
    for (const each of this.messages) if (each.referenced_message?.id === id) this.put({ ...each, referenced_message: null });
    this.gone.add(id);
    if (index < 0) return;
    const node = this.nodes.get(id);
    const focused = node.contains(document.activeElement);
    const neighbour = node.nextElementSibling ?? node.previousElementSibling;
    this.drop(id);
    this.regroup(index);
    if (this.active === node) this.activate(neighbour);
    if (focused) (neighbour ?? byId("place")).focus();
  }

  // Only the active message's controls are stops of the tab key: a list is one stop, not hundreds.
  activate(node) {
    if (!node || node === this.active) return;
    this.stops(this.active, -1);
    this.active = node;
    this.stops(node, 0);
  }

  stops(node, index) {
    if (!node) return;
    node.tabIndex = index;
    for (const each of node.querySelectorAll("a, button")) each.tabIndex = index;
  }

  onKey(event) {
    const node = event.target.closest(".message");
    if (!node) return;
    const message = this.messages.find((each) => each.id === node.dataset.id);
    const moves = { ArrowUp: node.previousElementSibling, ArrowDown: node.nextElementSibling, Home: this.list.firstElementChild, End: this.list.lastElementChild };
    if (event.key in moves) moves[event.key]?.focus();
    else if (event.key === "Escape") this.app.composer.focus();
    else if (event.target === node && (event.key === "Enter" || event.key === "ContextMenu")) this.app.menu(message, node);
    else if (event.target === node && event.key === "r") this.app.reply(message);
    else if (event.target === node && event.key === "e") this.app.edit(message);
    else return;
    event.preventDefault();
  }

  onContext(event) {
    const node = event.target.closest(".message");
    const message = this.messages.find((each) => each.id === node?.dataset.id);
    if (!message || event.target.closest("a")) return;
    event.preventDefault();
    this.app.menu(message, node, { x: event.clientX, y: event.clientY });
  }

  // Goes to a message, in the window or not.
  async jump(id) {
    if (!this.nodes.has(id)) await this.open({ around: id });
    this.focusOn(id);
  }

  focusOn(id) {
    const node = this.nodes.get(id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.focus({ preventScroll: true });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 2000);
  }

  async toEnd() {
    if (!this.atEnd) await this.open();
    this.toBottom();
    this.list.lastElementChild?.focus({ preventScroll: true });
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.pinned = this.atEnd;
    if (this.atEnd) this.sawEnd();
  }

  sawEnd() {
    this.fresh.hidden = true;
    if (!document.hidden) this.app.sawEnd();
  }

  lastOwn() {
    return this.messages.findLast((each) => each.author.id === this.app.store.myId && isSaid(each)) ?? null;
  }
}
