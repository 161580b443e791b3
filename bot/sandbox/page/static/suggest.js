// Suggestions under an input, as one types: a combobox with its list.

import { el, fill, freshId } from "./dom.js";
import { place } from "./picker.js";

// Attaches suggestions to an input or textarea.
//   source: (text) -> options with value, label, description; or null for no list
//   onpick: called with the option
//   pause: milliseconds of quiet before the source is asked
export function suggest(input, { label, source, onpick, pause = 0 }) {
  const id = freshId("suggest");
  const list = el("div", { id, role: "listbox", class: "picker suggest", "aria-label": label, hidden: true });
  let options = [];
  let at = -1;
  let isMoved = false;
  let turn = 0;
  let timer = 0;
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", id);
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("role", "combobox");

  const hide = () => {
    turn += 1;
    clearTimeout(timer);
    list.remove();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (index + options.length) % options.length;
    const item = list.children[at];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  };
  const pick = (index) => {
    const option = options[index];
    hide();
    onpick(option);
  };
  const show = (found) => {
    options = found;
    if (!options.length) return hide();
    fill(list, ...options.map((option, index) => el("div", {
      role: "option", id: `${id}-${index}`, class: "option", "aria-selected": "false",
      onpointerdown: (event) => event.preventDefault(), onclick: () => pick(index),
    }, el("span", {}, option.label), option.description && el("span", { class: "dim" }, option.description))));
    (input.closest("dialog") ?? document.body).append(list);
    list.hidden = false;
    at = -1;
    isMoved = false;
    place(list, input, input.closest("form.command, .composer-line") ?? input);
    input.setAttribute("aria-expanded", "true");
    return mark(0);
  };
  const ask = async () => {
    const mine = turn += 1;
    const found = await source(input.value);
    if (mine === turn && document.activeElement === input) show(found ?? []);
  };
  const refresh = () => {
    clearTimeout(timer);
    if (pause) timer = setTimeout(ask, pause);
    else ask();
  };
  input.addEventListener("input", refresh);
  input.addEventListener("blur", hide);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const isChosen = isMoved || input.value.trim() !== ""; // else Tab only passes by
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      mark(event.key === "ArrowDown" ? at + 1 : at - 1);
      isMoved = true;
    } else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey && isChosen)) pick(at);
    else if (event.key === "Escape") hide();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  return { hide, refresh };
}
