/** Light or dark: as the system says, unless the reader said otherwise. */
import { button } from "./dom.js";
import { enlarge, wear } from "../theme.js";

const KEY = "phasemap-theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");

const wide = window.matchMedia("(min-width: 2600px)");
const size = () => (wide.matches ? 1.4 : 1);

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // A browser that keeps nothing.
  }
}

function remember(choice) {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // It lasts as long as the page, then.
  }
}

let chosen = remembered();
const isDark = () => (chosen ? chosen === "dark" : system.matches);

/** A switch; changed() is called when the inks are others. */
export function control(changed) {
  const made = button("", () => {
    chosen = isDark() ? "light" : "dark";
    remember(chosen);
    apply();
    changed();
  }, { id: "theme" });
  function apply() {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    wear(isDark());
    made.textContent = isDark() ? "Light" : "Dark";
    made.setAttribute("aria-label", isDark() ? "Use light colours" : "Use dark colours");
  }
  system.addEventListener("change", () => {
    apply();
    changed();
  });
  wide.addEventListener("change", () => {
    enlarge(size());
    changed();
  });
  enlarge(size());
  apply();
  return made;
}
