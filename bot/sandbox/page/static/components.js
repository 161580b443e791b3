// Components under a message: buttons and selects.

import { el, icon } from "./dom.js";
import { link, safeUrl } from "./links.js";
import { openPicker } from "./picker.js";
import { Type } from "./store.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary", 6: "secondary" };

// Renders components; `app` knows the guild and does what is pressed.
export function components(items, message, app) {
  return items.map((item) => component(item, message, app));
}

function component(item, message, app) {
  switch (item.type) {
    case 1: return el("div", { class: "row" }, components(item.components, message, app));
    case 2: return pressable(item, message, app);
    case 3:
    case 6:
    case 8: return select(item, message, app);
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
  const face = item.placeholder || "Choose";
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

// What a select offers: its texts, or the roles or channels that one sees.
export function optionsOf(item, store) {
  const before = (item.default_values ?? []).map((each) => String(each.id));
  if (item.type === 6) {
    return [...store.roles.values()].map((each) => ({
      value: each.id, label: each.name.startsWith("@") ? each.name : `@${each.name}`, chosen: before.includes(each.id),
    }));
  }
  if (item.type === 8) {
    return store.channelsOf(item.channel_types ?? []).map((each) => ({
      value: each.id, label: `#${each.name}`, description: { [Type.FORUM]: "Forum", [Type.THREAD]: "Thread" }[each.type], chosen: before.includes(each.id),
    }));
  }
  return item.options.map((each) => ({
    value: each.value, label: [each.emoji?.name, each.label].filter(Boolean).join(" "), description: each.description, chosen: each.default,
  }));
}
