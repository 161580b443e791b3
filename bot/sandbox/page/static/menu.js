// A menu of actions, at a control or where the pointer is.

import { arrows, el } from "./dom.js";

let open = null;

// Opens a menu; `items` have a label and an action, `groups` of them are set apart by null.
export function openMenu({ anchor, at, label, items }) {
  closeMenu();
  const box = el("div", { class: "menu", role: "menu", "aria-label": label }, items.map((item) => (item === null
    ? el("hr", { role: "separator" })
    : el("button", { type: "button", role: "menuitem", tabindex: "-1", class: item.danger ? "danger" : null, onclick: () => choose(item) }, item.label))));
  const choose = (item) => {
    closeMenu();
    item.action();
  };
  arrows(box, "[role=menuitem]");
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    closeMenu();
  });
  document.body.append(box);
  const rect = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const point = at ?? { x: rect.right - width, y: rect.bottom + 4 };
  box.style.left = `${Math.max(8, Math.min(point.x, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, Math.min(point.y, innerHeight - height - 8))}px`;
  const outside = (event) => {
    if (!box.contains(event.target)) closeMenu();
  };
  document.addEventListener("pointerdown", outside, true);
  open = { box, anchor, outside };
  box.querySelector("[role=menuitem]")?.focus();
}

export function closeMenu() {
  if (!open) return;
  const { box, anchor, outside } = open;
  open = null;
  document.removeEventListener("pointerdown", outside, true);
  const hadFocus = box.contains(document.activeElement);
  box.remove();
  if (hadFocus && anchor.isConnected) anchor.focus();
}
