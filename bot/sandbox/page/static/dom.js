// Making elements. Strings become text nodes and attributes, never markup.

const SVG = "http://www.w3.org/2000/svg";

export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...present(children));
  return element;
}

// Takes the place of what an element holds. Like `el`, it leaves out what is null or a boolean:
// `condition && node` is nothing where the condition is false.
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

const present = (children) => children.flat().filter((child) => child !== null && child !== undefined && typeof child !== "boolean");

// A symbol of icons.svg. A character would be an empty box where no font has it.
export function icon(name) {
  const drawn = document.createElementNS(SVG, "svg");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  drawn.append(use);
  return drawn;
}

export const byId = (id) => document.getElementById(id);

export const button = (label, onclick, props = {}) => el("button", { type: "button", onclick, ...props }, label);

let next = 0;
export const freshId = (prefix) => `${prefix}-${++next}`;

// Code points, as Discord counts.
export const lengthOf = (text) => [...text].length;

export const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

// A colour for each name, in the stylesheet's palette of eight. The factor gives each of the people
// of the default world one of their own.
export function hueOf(name) {
  let sum = 0;
  for (const character of name) sum = (sum * 21 + character.codePointAt(0)) % 9973;
  return sum % 8;
}

export function avatar(name, user) {
  const initial = [...(name || "?").trim()][0] ?? "?";
  return el("span", { class: `avatar hue-${hueOf(user.username)}`, "aria-hidden": "true" }, initial.toUpperCase());
}

// Moves focus through items with the arrow keys, Home and End.
export function arrows(container, selector, { horizontal = false } = {}) {
  container.addEventListener("keydown", (event) => {
    const back = horizontal ? "ArrowLeft" : "ArrowUp";
    const forth = horizontal ? "ArrowRight" : "ArrowDown";
    if (![back, forth, "Home", "End"].includes(event.key)) return;
    const items = [...container.querySelectorAll(selector)].filter((item) => item.offsetParent !== null);
    const at = items.indexOf(document.activeElement?.closest(selector));
    if (at < 0 || !items.length) return;
    event.preventDefault();
    const last = items.length - 1;
    const to = { [back]: Math.max(0, at - 1), [forth]: Math.min(last, at + 1), Home: 0, End: last }[event.key];
    items[to].focus();
  });
}

// Says something to those who listen to the page rather than see it.
export function announce(text) {
  const line = el("p", {}, text);
  const announcer = byId("announcer");
  announcer.append(line);
  while (announcer.childElementCount > 5) announcer.firstElementChild.remove();
}
