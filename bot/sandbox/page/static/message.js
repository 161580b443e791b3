// One message as Discord shows it.

import { avatar, button, el, hueOf, icon, plural } from "./dom.js";
import { components } from "./components.js";
import { attachment, embed } from "./embeds.js";
import { markdown } from "./markdown.js";
import { short, timeOf, whole } from "./times.js";

export const Kind = { DEFAULT: 0, RENAME: 4, PIN: 6, THREAD_CREATED: 18, REPLY: 19, COMMAND: 20, STARTER: 21, MENU: 23 };
const EPHEMERAL = 64;
const LOADING = 128;

export const isEphemeral = (message) => (message.flags & EPHEMERAL) !== 0;

export const nameOf = (message) => message.member?.nick ?? message.author.global_name ?? message.author.username;

// Whether people wrote it, rather than Discord of its own accord.
export const isSaid = (message) => ![Kind.RENAME, Kind.PIN, Kind.THREAD_CREATED, Kind.STARTER].includes(message.type);

// Renders a message; `app` knows the guild and does what is asked of it.
export function renderMessage(message, app) {
  const classes = ["message"];
  if (isEphemeral(message)) classes.push("ephemeral");
  if (message.mentions.some((each) => each.id === app.store.myId)) classes.push("mentions-me");
  const node = el("li", { class: classes.join(" "), tabindex: "-1", data: { id: message.id, author: message.author.id } });
  if (message.type === Kind.STARTER && message.referenced_message) {
    node.classList.add("starter");
    node.append(...spoken({ ...message.referenced_message, type: Kind.DEFAULT, components: [] }, app));
  } else if (isSaid(message)) {
    node.append(...spoken(message, app), tools(message, app));
  } else {
    node.classList.add("system");
    node.append(el("p", {}, icon("arrow"), " ", systemLine(message, app), " ", stamp(message)));
  }
  return node;
}

function systemLine(message, app) {
  const who = el("strong", {}, nameOf(message));
  const thread = message.message_reference?.channel_id;
  switch (message.type) {
    case Kind.RENAME: return el("span", {}, who, ` changed the title: ${message.content}`);
    case Kind.PIN: return el("span", {}, who, " pinned a message to this channel.");
    case Kind.THREAD_CREATED: return el("span", {}, who, " started a thread: ", el("a", { href: `#${thread}` }, message.content));
    default: return el("span", { class: "dim" }, app.store.parentOf(app.place) ? "The message that started this thread was deleted." : "A message of Discord's own.");
  }
}

function stamp(message) {
  const date = new Date(message.timestamp);
  return el("time", { class: "dim", datetime: message.timestamp, title: whole(date) }, short(date));
}

function spoken(message, app) {
  const quote = quoteLine(message, app);
  return [...(quote ? [quote] : []), avatar(nameOf(message), message.author), el("div", { class: "message-body" },
    el("div", { class: "byline" },
      el("strong", { class: `name ink-${hueOf(message.author.username)}` }, nameOf(message)),
      message.author.bot && el("span", { class: "badge" }, "APP"), stamp(message)),
    content(message, app),
    message.embeds.map((each) => embed(each, app.store.names)),
    message.attachments.map(attachment),
    components(message.components, message, app),
    reactions(message, app),
    threadCard(message, app),
    isEphemeral(message) && el("p", { class: "dim ephemeral-note" }, icon("eye"), " Only you can see this · ",
      button("Dismiss message", () => app.dismiss(message), { class: "text-button" })))];
}

function content(message, app) {
  if (message.flags & LOADING) return el("p", { class: "dim thinking" }, `${nameOf(message)} is thinking…`);
  const forwarded = message.message_snapshots?.[0]?.message;
  if (forwarded) return el("div", { class: "forwarded" }, el("p", { class: "dim" }, "Forwarded"), el("div", { class: "markup" }, markdown(forwarded.content, app.store.names)));
  if (!message.content) return null;
  const node = el("div", { class: "content markup" }, markdown(message.content, app.store.names));
  if (message.edited_timestamp) node.append(el("span", { class: "dim edited", title: whole(new Date(message.edited_timestamp)) }, " (edited)"));
  return node;
}

// What a reply answers, or which command a message came from.
function quoteLine(message, app) {
  const used = message.interaction_metadata;
  if (used && (message.type === Kind.COMMAND || message.type === Kind.MENU)) {
    const name = message.type === Kind.COMMAND ? `/${used.name}` : used.name;
    return el("p", { class: "quote" }, el("strong", {}, app.store.names.user(used.user.id)), " used ", el("span", { class: "mention" }, name));
  }
  if (message.type !== Kind.REPLY) return null;
  const quoted = message.referenced_message;
  if (!quoted && isEphemeral(message)) return null; // it answers what only its reader sees
  if (!quoted && used) return null; // it was shown from there, or that is gone since
  if (!quoted) return el("p", { class: "quote dim" }, "The message it answers was deleted.");
  const name = app.store.members.get(quoted.author.id)?.name ?? quoted.author.global_name ?? quoted.author.username;
  return el("button", { type: "button", class: "quote", "aria-label": `Go to the message by ${name}`, onclick: () => app.jump(quoted.id) },
    el("strong", {}, name), " ", el("span", {}, firstLine(quoted, app.store.names)));
}

const BLOCKS = "br, li, pre, blockquote, .h1, .h2, .h3, .subtext";

// The first words of a message as they are read: its Markdown is rendered, spoilers stay hidden.
export function firstLine(message, names) {
  const box = el("div", {}, markdown((message.content || message.embeds[0]?.title || "Click to see").slice(0, 1000), names));
  for (const each of box.querySelectorAll(".spoiler")) each.replaceWith("(spoiler)");
  for (const each of box.querySelectorAll(BLOCKS)) each.before(" ");
  return box.textContent.replace(/\s+/g, " ").trim().slice(0, 160);
}

// What readers reacted with; pressing one adds or takes back one's own.
function reactions(message, app) {
  if (!message.reactions?.length) return null;
  return el("div", { class: "row reactions", role: "group", "aria-label": "Reactions" }, message.reactions.map(({ emoji, count, me }) =>
    button([emoji.name, " ", el("span", {}, String(count))], () => app.react(message, emoji.name), {
      class: "reaction", "aria-pressed": String(me), "aria-label": `${emoji.name}, ${plural(count, "reaction", "reactions")}`, "data-custom-id": `reaction ${emoji.name}` })));
}

function threadCard(message, app) {
  const thread = message.thread && (app.store.channels.get(message.thread.id) ?? message.thread);
  if (!thread || app.place.id === thread.id) return null;
  return el("a", { class: "thread-card", href: `#${thread.id}` },
    el("strong", {}, thread.name), el("span", { class: "dim" }, ` ${plural(thread.message_count, "message", "messages")} `, icon("forward")));
}

function tools(message, app) {
  const more = button(icon("more"), () => app.menu(message, more), { "aria-label": "More", "aria-haspopup": "menu" });
  if (isEphemeral(message)) return el("div", { class: "tools" }, more);
  const reply = app.store.silence(app.place) === null && button(icon("reply"), () => app.reply(message), { "aria-label": "Reply" });
  return el("div", { class: "tools", role: "group", "aria-label": "Actions" }, reply, more);
}

// Within seven minutes a writer is not named again.
export function isContinued(message, before) {
  if (!before || !isSaid(message) || !isSaid(before) || message.type !== Kind.DEFAULT) return false;
  const apart = timeOf(message.id) - timeOf(before.id);
  return before.author.id === message.author.id && apart < 420000 && isEphemeral(message) === isEphemeral(before);
}
