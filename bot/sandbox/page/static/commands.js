// Slash commands: which there are, and a form for the options of one.

import { button, el, freshId, lengthOf } from "./dom.js";
import { ask, get } from "./api.js";
import { Type } from "./store.js";
import { suggest } from "./suggest.js";

const [SUBCOMMAND, SUBCOMMANDS] = [1, 2];
const [STRING, BOOLEAN, USER, CHANNEL, ROLE] = [3, 5, 6, 7, 8];
const PAUSE = 120; // milliseconds without a keystroke before the bot is asked for suggestions

// The commands that are offered in a channel: slash commands, and message commands apart.
export async function commandsIn(channel, app) {
  const offered = await get("commands", { channel: channel.id, as: app.store.myId });
  const slash = offered.filter((each) => (each.type ?? 1) === 1).flatMap((each) => spelt(each));
  return { slash, menus: offered.filter((each) => each.type === 3).map((each) => ({ name: each.name, shown: each.name_localized })) };
}

// A command as it is typed, or each of its subcommands behind its name.
function spelt(command, names = [], shown = []) {
  const [name, called] = [[...names, command.name], [...shown, command.name_localized]];
  const inner = (command.options ?? []).filter((each) => each.type === SUBCOMMAND || each.type === SUBCOMMANDS);
  if (inner.length) return inner.flatMap((each) => spelt(each, name, called));
  return [{ name: name.join(" "), shown: called.join(" "), description: command.description_localized, options: command.options ?? [] }];
}

// The commands that a text beginning with a slash may become.
export function matching(commands, text) {
  if (!text.startsWith("/")) return [];
  const wanted = text.slice(1).toLocaleLowerCase();
  return commands.filter((each) => each.shown.toLocaleLowerCase().startsWith(wanted.trim()) || each.name.startsWith(wanted.trim()))
    .map((each) => ({ value: each, label: `/${each.shown}`, description: each.description }));
}

// A form for one command. `onclose` is called when it is sent or given up.
export function commandForm(command, channel, app, onclose) {
  const given = () => Object.fromEntries(fields.filter((each) => each.given() !== null).map((each) => [each.name, each.given()]));
  const fields = command.options.map((option) => optionField(option, { command, channel, app, others: given }));
  const fault = el("p", { class: "fault", role: "alert" });
  const send = el("button", { type: "submit", class: "primary" }, "Run");
  const optional = fields.filter((each) => !each.required);
  const required = fields.filter((each) => each.required);
  const node = el("form", { class: "command", novalidate: true, "aria-label": `/${command.shown}` },
    el("p", { class: "command-name" }, el("strong", {}, `/${command.shown}`), el("span", { class: "dim" }, ` ${command.description}`)),
    el("div", { class: "command-options" }, required.map((each) => each.node)),
    optional.length > 0 && el("details", { open: !required.length }, el("summary", {}, `${optional.length} more`), el("div", { class: "command-options" }, optional.map((each) => each.node))),
    fault, el("div", { class: "dialog-actions" }, button("Cancel", onclose, { class: "secondary" }), send));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    onclose();
  });
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = fields.filter((each) => !each.check());
    if (wrong.length) return wrong[0].focus();
    send.disabled = true;
    try {
      const answer = await ask("command", { as: app.store.myId, channel: channel.id, name: command.name, options: given() });
      onclose();
      app.settle(answer);
    } catch (error) {
      fault.textContent = error.message;
      send.disabled = false;
    }
  });
  return { node, focus: () => (fields[0] ? (required[0] ?? fields[0]).focus() : send.focus()) };
}

function optionField(option, context) {
  const ids = { input: freshId("option"), hint: freshId("hint"), fault: freshId("fault") };
  const input = el("input", { id: ids.input, autocomplete: "off", "aria-describedby": `${ids.hint} ${ids.fault}`, "aria-required": String(Boolean(option.required)) });
  const fault = el("p", { class: "fault", id: ids.fault, role: "alert" });
  const node = el("div", { class: "field option-field" },
    el("label", { for: ids.input }, option.name_localized, option.required && el("span", { class: "required", "aria-hidden": "true" }, " *")),
    input, el("p", { class: "dim", id: ids.hint }, option.description_localized), fault);
  let picked = null;
  input.addEventListener("input", () => {
    picked = null;
    fault.textContent = "";
  });
  const list = sourceOf(option, context);
  if (list) {
    const control = suggest(input, {
      label: option.name_localized, source: list.source, pause: list.pause,
      onpick: (chosen) => {
        picked = chosen;
        input.value = chosen.label;
      },
    });
    input.addEventListener("focus", () => control.refresh());
  }
  const given = () => {
    if (picked && picked.label === input.value) return picked.value;
    if (input.value.trim() === "") return null;
    return input.value;
  };
  const check = () => {
    fault.textContent = faultOf(option, given(), Boolean(picked), list?.closed) ?? "";
    input.setAttribute("aria-invalid", String(Boolean(fault.textContent)));
    return !fault.textContent;
  };
  return { name: option.name, required: option.required, node, given, check, focus: () => input.focus() };
}

// Where an option's suggestions come from. A closed list takes nothing else.
function sourceOf(option, { command, channel, app, others }) {
  if (option.autocomplete) {
    const source = async (text) => {
      const { [option.name]: own, ...options } = others();
      const fields = { as: app.store.myId, channel: channel.id, name: command.name, option: option.name, text, options };
      const answer = await ask("complete", fields).catch(() => null);
      return (answer?.choices ?? []).map((each) => ({ value: each.value, label: each.name }));
    };
    return { source, pause: PAUSE, closed: false };
  }
  const options = closedOptions(option, app.store);
  if (!options) return null;
  const source = async (text) => {
    const wanted = text.toLocaleLowerCase();
    const found = options.filter((each) => each.label.toLocaleLowerCase().includes(wanted));
    return found.length || !text ? found.slice(0, 50) : [];
  };
  return { source, pause: 0, closed: true };
}

function closedOptions(option, store) {
  if (option.choices?.length) return option.choices.map((each) => ({ value: each.value, label: each.name_localized }));
  if (option.type === BOOLEAN) return [true, false].map((value) => ({ value, label: value ? "True" : "False" }));
  if (option.type === ROLE) return [...store.roles.values()].map((each) => ({ value: each.id, label: each.name.startsWith("@") ? each.name : `@${each.name}` }));
  if (option.type === USER) return [...store.members.values()].map((each) => ({ value: each.user.id, label: `@${each.name}` }));
  if (option.type !== CHANNEL) return null;
  const types = option.channel_types ?? [];
  return store.channelsOf(types)
    .map((each) => ({ value: each.id, label: `#${each.name}`, description: { [Type.FORUM]: "Forum", [Type.THREAD]: "Thread" }[each.type] }));
}

// What Discord's client would say of a value before it sends it; null if it would send it.
function faultOf(option, value, isPicked, isClosed) {
  if (value === null) return option.required ? "This option is required." : null;
  if (isClosed) return isPicked ? null : "Choose one of the list.";
  if (option.type === STRING) {
    const length = lengthOf(value);
    if (option.max_length && length > option.max_length) return `At most ${option.max_length} characters, not ${length}.`;
    return option.min_length && length < option.min_length ? `At least ${option.min_length} characters.` : null;
  }
  return "This sandbox has no such option.";
}
