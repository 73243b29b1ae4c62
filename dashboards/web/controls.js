/** The choices above the maps. */
import { areLines, called, facets } from "./data.js";
import { escape, number } from "./format.js";
import * as quantities from "./quantities.js";
import { update } from "./state.js";

const form = document.getElementById("controls");
const OVERLAYS = {
  boundaries: ["boundaries", "Theory’s depths to which networks are stable and trainable"],
  edge: ["edge of chaos", "Theory’s χ₁ = 1 at each depth"],
  deep: ["deep networks", "Theory’s edge of chaos for L → ∞, and the depth to which networks are able to generalise"],
  scales: ["depth scales", "Theory’s L = ξ and L = 6 ξ, ξ = 1/|ln χ₁|"],
  zero: ["ln gain = 0", "Where the gradient gain is 1: measured at each depth, with ± 2 standard errors, and theory"],
  training: ["training", "Trained, stalled and diverged networks"],
  phases: ["hatching", "No fixed point of the variance, and unstable edge of chaos"],
};
/** So many choices, of so many letters together, stand in a row. */
const MOST_SEGMENTS = 6, MOST_LETTERS = 60;

function segmented(name, label, title, options) {
  const field = document.createElement("fieldset");
  field.className = "field";
  field.title = title;
  field.innerHTML = `<legend>${escape(label)}</legend><span class="segmented">` + options.map(([value, text]) =>
    `<label><input type="radio" name="${name}" value="${escape(value)}">${escape(text)}</label>`).join("") + "</span>";
  form.append(field);
}

function dropdown(name, label, title, options) {
  const field = document.createElement("label");
  field.className = "field";
  field.title = title;
  field.innerHTML = `${escape(label)} <select name="${name}">` + options.map(([value, text]) =>
    `<option value="${escape(value)}">${escape(text)}</option>`).join("") + "</select>";
  form.append(field);
}

function build() {
  dropdown("quantity", "Quantity", "What the colours show", quantities.list.map((q) => [q.id, q.label]));
  segmented("view", "as", "The mean over replicates, the prediction for infinite width, or how far the mean is from what is expected at this width, in its standard errors", Object.entries(quantities.VIEWS));
  for (const facet of facets) {
    const options = facet.values.map((v, k) => [k, typeof v === "number" ? number(v) : called(facet.name, v)]);
    const kind = options.length <= MOST_SEGMENTS && options.map(([, text]) => text).join("").length <= MOST_LETTERS ? segmented : dropdown;
    kind("facet-" + facet.name, facet.label, "Which part of the grid the maps show", options);
  }
  const toggles = document.createElement("span");
  toggles.className = "toggles";
  toggles.hidden = areLines;
  toggles.innerHTML = Object.entries(OVERLAYS).map(([name, [text, title]]) =>
    `<label title="${escape(title)}"><input type="checkbox" name="overlay-${name}">${escape(text)}</label>`).join("");
  form.append(toggles);
  form.addEventListener("change", () => update(read()));
  form.addEventListener("submit", (event) => event.preventDefault());
}

function read() {
  const chosen = new FormData(form);
  const quantity = chosen.get("quantity");
  const view = quantities.allows(quantity, chosen.get("view")) ? chosen.get("view") : "mean";
  return {
    quantity, view,
    facets: Object.fromEntries(facets.map((f) => [f.name, f.values[Number(chosen.get("facet-" + f.name))]])),
    overlays: Object.fromEntries(Object.keys(OVERLAYS).map((name) => [name, chosen.has("overlay-" + name)])),
  };
}

/** Sets every control to the state. */
export function show(state) {
  const set = (name, value) => {
    const control = form.elements[name];
    if (control) control.value = String(value);
  };
  set("quantity", state.quantity);
  set("view", state.view);
  for (const facet of facets) set("facet-" + facet.name, facet.values.indexOf(state.facets[facet.name]));
  for (const name of Object.keys(OVERLAYS)) form.elements["overlay-" + name].checked = state.overlays[name];
  for (const radio of form.querySelectorAll("input[name=view]")) {
    radio.disabled = !quantities.allows(state.quantity, radio.value);
    radio.parentElement.style.opacity = radio.disabled ? 0.4 : 1;
  }
}

build();
