/** What the page shows. It is kept in the address, so that every view is a link and "back" leads back. */

/** Parameters with one value, and what they are where the address does not say. */
const PLAIN = { view: "sweeps", s: "", b: "", task: "propagation", x: "", y: "", q: "", as: "mean", cell: "", part: "slices", by: "", along: "", scale: "" };
/** Parameters that are lists. */
const LISTS = ["facet", "average", "hide"];
/** Prefixes of parameters by axis: the filter's, and places on axes that a map does not show. */
const BY_AXIS = { filter: "f.", at: "at." };

function parsed(fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const state = { filter: {}, at: {} };
  for (const [name, usual] of Object.entries(PLAIN)) state[name] = given.get(name) ?? usual;
  for (const name of LISTS) state[name] = given.get(name)?.split(",").filter(Boolean) ?? null;
  for (const [key, value] of given) {
    for (const [part, prefix] of Object.entries(BY_AXIS)) {
      if (key.startsWith(prefix)) state[part][key.slice(prefix.length)] = value;
    }
  }
  return state;
}

function written(state) {
  const parts = new URLSearchParams();
  for (const [name, usual] of Object.entries(PLAIN)) if (state[name] !== usual) parts.set(name, state[name]);
  for (const name of LISTS) if (state[name]) parts.set(name, state[name].join(","));
  for (const [part, prefix] of Object.entries(BY_AXIS)) {
    for (const [axis, value] of Object.entries(state[part])) parts.set(prefix + axis, value);
  }
  return "#" + parts;
}

export const state = parsed(location.hash);
let listener = () => {};

/** Who draws what the state says. */
export const whenChanged = (draw) => { listener = draw; };

/** The address of the page with some changes of its state. */
export const link = (changes) => written({ ...state, ...changes });

/** Changes the state: a step that "back" undoes. */
export function go(changes) {
  const next = link(changes);
  if (next === written(state)) return;
  history.pushState(null, "", next);
  Object.assign(state, changes);
  listener();
}

/** Settles what the address left open, without a step. */
export function settle(changes) {
  Object.assign(state, changes);
  history.replaceState(null, "", written(state));
}

/** What another sweep has its own of. */
export const FRESH = { task: "propagation", x: "", y: "", q: "", as: "mean", cell: "", by: "", along: "", scale: "", b: "",
  facet: null, average: null, filter: {}, at: {} };

window.addEventListener("popstate", () => {
  Object.assign(state, parsed(location.hash));
  listener();
});
