// A list that opens at a control and hands back what was chosen: menus of components and forms.

import { button, el, freshId } from "./dom.js";

let open = null;

// Opens a list of options at a control.
//   options: value, label and perhaps description of each
//   chosen: values that are chosen already; more than one only if `max` is above 1
//   onchoose: called with the values, once
export function openPicker({ anchor, options, label, chosen = [], min = 1, max = 1, onchoose }) {
  closePicker();
  const many = max > 1;
  const picked = new Set(chosen);
  const id = freshId("picker");
  const items = options.map((option, index) => el("div", {
    id: `${id}-${index}`, role: "option", class: "option", "aria-selected": String(picked.has(option.value)),
  }, el("span", {}, option.label), option.description && el("span", { class: "dim" }, option.description)));
  const list = el("div", { role: "listbox", tabindex: "0", "aria-label": label, "aria-multiselectable": many ? "true" : null }, items);
  const done = many && button("Done", () => finish(), { class: "primary" });
  const box = el("div", { class: "picker" }, list, done);
  let at = Math.max(0, options.findIndex((option) => picked.has(option.value)));
  let typed = "";
  let typedAt = 0;

  const show = (index) => {
    if (!items.length) return;
    items[at]?.classList.remove("active");
    at = Math.max(0, Math.min(items.length - 1, index));
    items[at].classList.add("active");
    items[at].scrollIntoView({ block: "nearest" });
    list.setAttribute("aria-activedescendant", items[at].id);
  };
  const allowed = () => picked.size >= min && picked.size <= max;
  const toggle = (index) => {
    const { value } = options[index];
    if (!many) return finish(min === 0 && picked.has(value) ? [] : [value]); // choosing it again takes it away
    if (!picked.delete(value) && picked.size < max) picked.add(value);
    items[index].setAttribute("aria-selected", String(picked.has(value)));
    done.disabled = !allowed();
  };
  const finish = (values = [...picked]) => {
    if (many && !allowed()) return;
    closePicker();
    onchoose(values);
  };
  const search = (character) => {
    typed = Date.now() - typedAt > 800 ? character : typed + character;
    typedAt = Date.now();
    const bare = (option) => option.label.replace(/^[#@]/, "").toLocaleLowerCase();
    const found = options.findIndex((option) => bare(option).startsWith(typed.toLocaleLowerCase()));
    if (found >= 0) show(found);
  };

  list.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1, PageDown: at + 8, PageUp: at - 8 };
    if (event.key in moves) show(moves[event.key]);
    else if (event.key === "Enter" && many) finish();
    else if ((event.key === "Enter" || event.key === " ") && items.length) toggle(at);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) search(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && !(event.key === "Tab" && !many)) return;
    event.stopPropagation();
    event.preventDefault();
    closePicker();
  });
  items.forEach((item, index) => {
    item.addEventListener("pointermove", () => show(index));
    item.addEventListener("click", () => toggle(index));
  });
  (anchor.closest("dialog") ?? document.body).append(box);
  anchor.setAttribute("aria-expanded", "true");
  if (done) done.disabled = !allowed();
  place(box, anchor);
  const outside = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) closePicker();
  };
  document.addEventListener("pointerdown", outside, true);
  open = { box, anchor, outside };
  show(at);
  list.focus();
}

export function closePicker() {
  if (!open) return;
  const { box, anchor, outside } = open;
  open = null;
  document.removeEventListener("pointerdown", outside, true);
  const hadFocus = box.contains(document.activeElement);
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (hadFocus && anchor.isConnected) anchor.focus();
}

// Puts a box below a control, or above it where there is more room; what it stands in,
// `around`, is not covered.
export function place(box, anchor, around = anchor) {
  const at = anchor.getBoundingClientRect();
  const { top, bottom } = around.getBoundingClientRect();
  const below = innerHeight - bottom - 12;
  const above = top - 12;
  const up = below < 220 && above > below;
  const width = Math.min(Math.max(at.width, 240), innerWidth - 16);
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  box.style.maxHeight = `${Math.min(360, up ? above : below)}px`;
  if (up) box.style.bottom = `${innerHeight - top + 4}px`;
  else box.style.top = `${bottom + 4}px`;
}
