// What one member knows of the guild: channels, threads, people, roles, and what they have read.

import { get } from "./api.js";

export const Type = { TEXT: 0, CATEGORY: 4, THREAD: 11, FORUM: 15 };
export const Can = {
  ADMINISTRATOR: 1n << 3n,
  SEND: 1n << 11n,
  MANAGE_MESSAGES: 1n << 13n,
  READ_HISTORY: 1n << 16n,
  COMMANDS: 1n << 31n,
  MANAGE_THREADS: 1n << 34n,
  START_THREADS: 1n << 35n,
  SEND_IN_THREADS: 1n << 38n,
};

const byKey = (items, key = (each) => each.id) => new Map(items.map((each) => [key(each), each]));
const newer = (one, other) => BigInt(one ?? 0) > BigInt(other ?? 0);

export class Store {
  constructor() {
    this.guild = null;
    this.guilds = [];
    this.members = new Map();
    this.roles = new Map();
    this.channels = new Map();
    this.me = null;
    this.baseline = null; // what was there when the page opened counts as read
    this.marks = new Map();
    this.names = {
      user: (id) => this.members.get(id)?.name ?? "unknown-user",
      role: (id) => this.roles.get(id)?.name ?? "deleted-role",
      channel: (id) => this.channels.get(id)?.name ?? "unknown",
    };
  }

  // Loads everything; the member to be is found by name, since ids do not outlive a server.
  async load(name) {
    this.guilds = await get("guilds");
    this.guild = this.guilds.find((each) => each.id === this.guild?.id) ?? this.guilds[0];
    if (!this.guild) throw new Error("There is no server in this sandbox yet.");
    await this.loadPeople();
    const people = this.people();
    this.me = people.find((each) => each.name === name) ?? people[0] ?? null;
    if (!this.me) throw new Error("There is nobody in this server yet.");
    await this.loadChannels();
  }

  async loadPeople() {
    const guild = this.guild.id;
    const [members, roles] = await Promise.all([get("members", { guild }), get("roles", { guild })]);
    this.members = byKey(members, (each) => each.user.id);
    this.roles = byKey(roles);
    this.me = this.me && (this.members.get(this.me.user.id) ?? null);
  }

  async loadChannels() {
    const fields = { guild: this.guild.id, as: this.me.user.id };
    const [channels, threads] = await Promise.all([get("channels", fields), get("threads", fields)]);
    this.channels = byKey([...channels, ...threads]);
    this.baseline ??= new Map([...this.channels.values()].map((each) => [each.id, each.last_message_id]));
  }

  // Who one can be: everybody but bots; the owner, who needs no role, comes last.
  people() {
    const owner = this.guild.owner_id;
    return [...this.members.values()]
      .filter((each) => !each.user.bot)
      .sort((one, other) => (one.user.id === owner) - (other.user.id === owner));
  }

  rolesOf(member) {
    const names = member.roles.map((id) => this.roles.get(id)?.name).filter(Boolean);
    if (member.user.id === this.guild.owner_id) names.unshift("Owner");
    return names;
  }

  get myId() { return this.me.user.id; }

  top() {
    return [...this.channels.values()]
      .filter((each) => each.type === Type.TEXT || each.type === Type.FORUM)
      .sort((one, other) => one.position - other.position);
  }

  // Channels of these types, or all but categories if none is named, in the order of the list.
  channelsOf(types) {
    return [...this.channels.values()]
      .filter((each) => (types.length ? types.includes(each.type) : each.type !== Type.CATEGORY))
      .sort((one, other) => one.position - other.position);
  }

  threadsOf(id, { archived = false } = {}) {
    return [...this.channels.values()]
      .filter((each) => each.type === Type.THREAD && each.parent_id === id && each.thread_metadata.archived === archived)
      .sort((one, other) => (newer(one.last_message_id ?? one.id, other.last_message_id ?? other.id) ? -1 : 1));
  }

  parentOf(channel) { return channel.type === Type.THREAD ? this.channels.get(channel.parent_id) : null; }

  can(channel, bit) {
    const owner = this.parentOf(channel) ?? channel;
    return (BigInt(owner.permissions ?? 0) & bit) !== 0n;
  }

  // Why one cannot write in a channel; null if one can.
  silence(channel) {
    if (channel.type === Type.FORUM) return "Open a post to write in it.";
    const until = this.me.communication_disabled_until;
    if (until && new Date(until) > new Date()) return "You are in a timeout.";
    const isThread = channel.type === Type.THREAD;
    if (isThread && channel.thread_metadata.locked && !this.can(channel, Can.MANAGE_THREADS)) return "This thread is locked.";
    return this.can(channel, isThread ? Can.SEND_IN_THREADS : Can.SEND) ? null : "You may not write here.";
  }

  mark(id) {
    return this.marks.get(`${this.myId} ${id}`) ?? this.baseline.get(id) ?? "0";
  }

  isUnread(channel) { return newer(channel.last_message_id, this.mark(channel.id)); }

  read(id) {
    const last = this.channels.get(id)?.last_message_id;
    if (last) this.marks.set(`${this.myId} ${id}`, last);
  }

  // Takes a change of messages over into what channels say of themselves.
  noteMessage(type, message) {
    const channel = this.channels.get(message.channel_id);
    if (!channel || (message.flags & 64) !== 0) return;
    if (type === "MESSAGE_CREATE") {
      if (newer(message.id, channel.last_message_id)) channel.last_message_id = message.id;
      if ("message_count" in channel && message.id !== channel.id && message.type !== 21) channel.message_count += 1;
      if (message.author.id === this.myId) this.read(channel.id);
    } else if (type === "MESSAGE_DELETE" && "message_count" in channel) {
      channel.message_count -= 1;
    }
  }

  putChannel(channel) {
    const before = this.channels.get(channel.id);
    this.channels.set(channel.id, { permissions: before?.permissions, ...channel });
  }
}
