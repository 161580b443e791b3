// Dark or light: what the system says, until somebody says otherwise here.

import { byId, fill, icon } from "./dom.js";

const KEY = "theme";
const system = matchMedia("(prefers-color-scheme: light)");

function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser may forbid it
  }
}

export function startTheme() {
  const toggle = byId("theme");
  let chosen = recall();
  const show = () => {
    const theme = chosen ?? (system.matches ? "light" : "dark");
    document.documentElement.dataset.theme = theme;
    fill(toggle, icon(theme === "dark" ? "moon" : "sun"));
    toggle.setAttribute("aria-label", theme === "dark" ? "Dark; switch to light" : "Light; switch to dark");
  };
  toggle.addEventListener("click", () => {
    chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      // then it lasts until the page is closed
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}
