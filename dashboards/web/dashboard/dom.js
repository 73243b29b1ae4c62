/** Elements of the page. Text from a sweep only ever becomes text. */
import { maths, plain } from "../format.js";

/** An element with attributes; on: listeners by their event; maths: text in which σ_w gets a subscript. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else if (name === "maths") made.innerHTML = maths(value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Replaces all that an element holds. */
export const fill = (host, ...children) => host.replaceChildren(...children.filter((child) => child !== null));

export const byId = (id) => document.getElementById(id);

/** As fill, with what make() gives, but only where the key is another: a menu that is open stays as it is when nothing is new. */
export function refill(host, key, make) {
  if (host.dataset.key === key) return;
  host.dataset.key = key;
  fill(host, ...make());
}

/** Makes an element say a text in which σ_w gets a subscript. */
export const say = (host, text) => {
  host.innerHTML = maths(text);
};

/** Says something to those who hear the page. */
export const announce = (text) => {
  byId("announcer").textContent = text;
};

export const button = (text, press, attributes = {}) =>
  el("button", { type: "button", class: "plain", ...attributes, on: { click: press } }, text);

/** A labelled menu. options: [value, text] each; change(value) is told of a choice. */
export function menu(label, options, value, change, attributes = {}) {
  const select = el("select", { ...attributes, on: { change: () => change(select.value) } },
    ...options.map(([v, text]) => el("option", { value: v, selected: String(v) === String(value) }, plain(text))));
  return el("label", { class: "field" }, el("span", { maths: label }), select);
}

/** A row of choices of which one holds: radio buttons that look like one control. */
export function segmented(name, label, options, value, change) {
  const radios = options.map(([v, text, disabled]) => el("label", disabled ? { class: "off" } : {},
    el("input", { type: "radio", name, value: v, checked: v === value, disabled, on: { change: () => change(v) } }), plain(text)));
  return el("fieldset", { class: "field" }, el("legend", {}, label), el("span", { class: "segmented" }, ...radios));
}

export const check = (label, checked, change, attributes = {}) => {
  const box = el("input", { type: "checkbox", checked, ...attributes, on: { change: () => change(box.checked) } });
  return el("label", { class: "check" }, box, el("span", { maths: label }));
};
