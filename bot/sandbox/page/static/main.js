// Puts the page together: what is open, who one is, and what changes.

import { Stream } from "./api.js";
import { Actions } from "./actions.js";
import { Captions } from "./captions.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { Forum } from "./forum.js";
import { Log } from "./log.js";
import { closeMenu } from "./menu.js";
import { People } from "./people.js";
import { closePicker } from "./picker.js";
import { header } from "./place.js";
import { Sidebar } from "./sidebar.js";
import { Store, Type } from "./store.js";
import { Stored } from "./stored.js";
import { startTheme } from "./theme.js";
import { relative, setLocale } from "./times.js";

const SOON = 100; // milliseconds in which changes of the guild are gathered into one look

class App extends Actions {
  constructor() {
    super();
    this.store = new Store();
    this.place = null;
    this.visited = new Set();
    this.log = new Log(this);
    this.forum = new Forum(this);
    this.composer = new Composer(this);
    this.sidebar = new Sidebar(this);
    this.people = new People(this);
    this.captions = new Captions(this);
    this.stored = new Stored(this);
    this.reloading = 0;
    this.stream = new Stream({
      onopen: () => this.attempt(() => this.onOpen()),
      onchange: (change) => this.attempt(() => this.onChange(change)),
      onlost: () => this.onLost(),
    });
    addEventListener("hashchange", () => this.attempt(() => this.openHash()));
    document.addEventListener("visibilitychange", () => !document.hidden && this.log.pinned && this.sawEnd());
  }

  async start() {
    startTheme();
    setInterval(() => {
      for (const each of document.querySelectorAll("time[data-style=R]")) each.textContent = relative(new Date(each.dateTime));
    }, 30000);
    await this.connect();
  }

  // Loads the world and begins to follow it; tries again until there is a server.
  async connect() {
    try {
      await this.store.load(this.store.me?.name ?? sessionStorage.getItem("person"));
      this.stream.watch(this.store.myId);
    } catch (error) {
      this.notice(error.message);
      this.stream.later(() => this.connect());
    }
  }

  async onOpen() {
    this.notice(null);
    byId("guild").textContent = this.store.guild.name;
    document.title = this.store.guild.name;
    setLocale(this.store.me.locale);
    this.people.render();
    if (this.place) await this.store.loadChannels(); // between the loading and the stream something may have happened
    await this.openHash({ again: true });
    await this.captions.load();
  }

  onLost() {
    this.notice("The connection was lost. Trying again…");
    this.stream.later(() => this.connect());
  }

  notice(text) {
    byId("notice").hidden = text === null;
    byId("notice").textContent = text ?? "";
  }

  // Becomes another member: all that is shown is looked up anew, as they see it.
  become(id) {
    return id === this.store.myId ? null : this.attempt(() => this.turnInto(id));
  }

  async turnInto(id) {
    this.store.me = this.store.members.get(id);
    sessionStorage.setItem("person", this.store.me.name);
    closeMenu();
    closePicker();
    await this.store.loadChannels();
    this.stream.watch(id);
  }

  // Follows the tour: to whoever acts, and to where it happens.
  async follow(person, channel) {
    if (person && person !== this.store.myId && this.store.members.has(person)) await this.become(person);
    if (channel && channel !== this.place?.id) this.go(channel);
  }

  go(id, message = null) {
    location.hash = message ? `#${id}/${message}` : `#${id}`;
  }

  async openHash({ again = false } = {}) {
    const [id, message] = location.hash.slice(1).split("/");
    const place = this.store.channels.get(id) ?? this.store.channels.get(this.place?.id) ?? this.store.top()[0] ?? null;
    if (!place) return this.notice("There is nothing here that you may see.");
    const same = place === this.place && !again;
    this.place = place;
    if (same) return message ? this.log.jump(message) : null;
    const isForum = place.type === Type.FORUM;
    byId("log").hidden = isForum;
    byId("forum").hidden = !isForum;
    header(this);
    this.sidebar.render();
    const writing = this.composer.open();
    // a forum's post opens at its top the first time, a text channel's thread at its end
    const isPost = this.store.parentOf(place)?.type === Type.FORUM;
    const atStart = isPost && !this.visited.has(place.id);
    this.visited.add(place.id);
    await (isForum ? this.forum.open() : this.log.open({ atStart, around: message ?? null }));
    await writing;
    return null;
  }

  sawEnd() {
    if (!this.place || !this.store.isUnread(this.place)) return;
    this.store.read(this.place.id);
    this.sidebar.render();
  }

  onChange({ type, data }) {
    if (type === "CAPTION") return this.captions.take(data);
    if (type.startsWith("MESSAGE_REACTION_")) this.log.react(type, data);
    else if (type.startsWith("MESSAGE_")) this.onMessage(type, data);
    else if (type.startsWith("THREAD_") || type === "CHANNEL_UPDATE") this.onChannel(type, data);
    else if (/^(GUILD|CHANNEL|ACCESS)_/.test(type) && type !== "CHANNEL_PINS_UPDATE") this.reload();
    this.stored.changed();
    return null;
  }

  onMessage(type, data) {
    const ids = data.ids ?? [data.id];
    for (const id of ids) this.store.noteMessage(type, { ...data, id });
    if (data.channel_id === this.place?.id) {
      if (type === "MESSAGE_CREATE" || type === "MESSAGE_UPDATE") this.log.put(data);
      else ids.forEach((id) => this.log.remove(id));
    }
    const channel = this.store.channels.get(data.channel_id);
    if (this.place?.type === Type.FORUM && channel?.parent_id === this.place.id) this.forum.refresh();
    this.sidebar.render();
  }

  onChannel(type, data) {
    if (type === "THREAD_DELETE") this.store.channels.delete(data.id);
    else this.store.putChannel(data);
    if (data.id === this.place?.id) {
      const place = this.store.channels.get(data.id);
      if (!place) return this.go(data.parent_id);
      this.place = place;
      header(this);
      this.composer.refresh();
    }
    if (this.place?.type === Type.FORUM && data.parent_id === this.place.id) this.forum.refresh();
    return this.sidebar.render();
  }

  // People, roles or channels changed: once for all the changes of a moment, everything is looked up.
  reload() {
    clearTimeout(this.reloading);
    this.reloading = setTimeout(() => this.attempt(() => this.lookAgain()), SOON);
  }

  async lookAgain() {
    await this.store.loadPeople();
    if (!this.store.me) return this.connect();
    await this.store.loadChannels();
    setLocale(this.store.me.locale);
    this.people.render();
    this.place = this.store.channels.get(this.place?.id) ?? null;
    if (!this.place) return this.openHash({ again: true });
    header(this);
    this.composer.refresh();
    return this.sidebar.render();
  }
}

const app = new App();
app.start();
