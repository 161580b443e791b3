// Components under a message: buttons and selects.

import { el, icon } from "./dom.js";
import { link, safeUrl } from "./links.js";
import { openPicker } from "./picker.js";
import { Type } from "./store.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary", 6: "secondary" };
const EMPTY = { 3: "Choose", 5: "Choose somebody", 6: "Choose a role", 7: "Choose somebody or a role", 8: "Choose a channel" };

// Renders components; `app` knows the guild and does what is pressed.
export function components(items, message, app) {
  return items.map((item) => component(item, message, app));
}

function component(item, message, app) {
  switch (item.type) {
    case 1: return el("div", { class: "row" }, components(item.components, message, app));
    case 2: return pressable(item, message, app);
    case 3: case 5: case 6: case 7: case 8: return select(item, message, app);
    default: return el("p", { class: "dim" }, `A component of type ${item.type}`);
  }
}

const faceOf = (item) => [item.emoji?.name, item.label].filter(Boolean).join(" ") || "Button";

function pressable(item, message, app) {
  const face = faceOf(item);
  if (item.url !== undefined) {
    const node = safeUrl(item.url) && !item.disabled ? link(item.url, [face, " ", icon("outside")]) : el("span", {}, face);
    node.classList.add("component", "secondary");
    return node;
  }
  const node = el("button", {
    type: "button", class: `component ${STYLES[item.style] ?? "secondary"}`, disabled: item.disabled, data: { customId: item.custom_id ?? "" },
  }, face);
  node.addEventListener("click", () => app.press(message, item, node));
  return node;
}

function select(item, message, app) {
  const options = optionsOf(item, app.store);
  const face = item.placeholder || EMPTY[item.type];
  const chosen = options.filter((each) => each.chosen);
  const node = el("button", {
    type: "button", class: "component select", disabled: item.disabled, "aria-haspopup": "listbox", "aria-expanded": "false",
    data: { customId: item.custom_id },
  }, el("span", {}, chosen.map((each) => each.label).join(", ") || face), icon("down"));
  node.addEventListener("click", () => openPicker({
    anchor: node, options, label: face, min: item.min_values ?? 1, max: item.max_values ?? 1,
    chosen: chosen.map((each) => each.value),
    onchoose: (values) => app.choose(message, item, values, node),
  }));
  return node;
}

// What a select offers: its own options, or people, roles and channels of the guild.
export function optionsOf(item, store) {
  if (item.type === 3) {
    return item.options.map((each) => ({
      value: each.value, label: [each.emoji?.name, each.label].filter(Boolean).join(" "), description: each.description, chosen: each.default,
    }));
  }
  const defaults = new Set((item.default_values ?? []).map((each) => String(each.id)));
  return guildOptions(store, {
    people: item.type === 5 || item.type === 7,
    roles: item.type === 6 || item.type === 7,
    channels: item.type === 8 ? item.channel_types ?? [] : null,
  }).map((each) => ({ ...each, chosen: defaults.has(each.value) }));
}

// People, roles and channels as options; `channels` lists the types, none for all.
export function guildOptions(store, { people = false, roles = false, channels = null }) {
  const options = [];
  if (people) options.push(...[...store.members.values()].map((each) => ({ value: each.user.id, label: `@${each.name}`, description: store.rolesOf(each).join(", ") })));
  if (roles) options.push(...[...store.roles.values()].map((each) => ({ value: each.id, label: each.name.startsWith("@") ? each.name : `@${each.name}`, description: "Role" })));
  if (channels) {
    const fits = [...store.channels.values()].filter((each) => each.type !== Type.CATEGORY && (!channels.length || channels.includes(each.type)));
    options.push(...fits.map((each) => ({ value: each.id, label: `#${each.name}`, description: { [Type.FORUM]: "Forum", [Type.THREAD]: "Thread" }[each.type] })));
  }
  return options;
}
