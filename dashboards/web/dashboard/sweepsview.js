/** All sweeps of the results root, and how each stands. */
import { el, fill } from "./dom.js";
import { bytes, lasting, when } from "./numbers.js";
import { FRESH, go, link } from "./state.js";
import { counted, whole } from "../format.js";

export const title = "Sweeps";
let host = null, cards = null;

const MARKS = { complete: "●", running: "◐", partial: "◔", damaged: "✕", older: "○", looking: "…" };
const WORDS = { complete: "complete", running: "running", partial: "not finished", damaged: "damaged", older: "older schema", newer: "newer schema", looking: "being looked at" };

export function mount(main) {
  host = el("section", { "aria-labelledby": "view-title" });
  cards = new Map();
  fill(main, host);
}

export const leave = () => { host = null; };

/** Whether a sweep can be looked at. */
export const opens = ({ state }) => state !== "damaged" && state !== "newer";

const count = (n) => (n === null || n === undefined ? "—" : whole(n));

function progress(sweep) {
  if (!sweep.progress) return null;
  const { done, total, seconds_left: left } = sweep.progress;
  const share = total ? done / total : 0;
  return el("div", { class: "progress" },
    el("progress", { max: total || 1, value: done, "aria-label": `${sweep.name}: measured` }),
    el("span", {}, `${Math.round(100 * share)} %` + (left === null || left === undefined ? "" : `, ${lasting(left)} left`)));
}

function facts(sweep) {
  const pairs = [
    ["cells", count(sweep.cells) + (sweep.wanted_cells && sweep.wanted_cells !== sweep.cells ? ` of ${count(sweep.wanted_cells)}` : "")],
    ["failed", count(sweep.failed_cells)], ["networks", count(sweep.replicates)], ["size", bytes(sweep.bytes)],
    ["started", when(sweep.started)], ["changed", when(sweep.changed)],
  ];
  return el("dl", { class: "facts" }, ...pairs.flatMap(([term, value]) => [
    el("div", { class: term === "failed" && sweep.failed_cells > 0 ? "far" : "" }, el("dt", {}, term), el("dd", {}, value)),
  ]));
}

function card(sweep, all) {
  const target = { ...FRESH, view: "map", s: sweep.id };
  const name = opens(sweep)
    ? el("a", { href: link(target), on: { click: (event) => { event.preventDefault(); go(target); } } }, sweep.name) : el("span", {}, sweep.name);
  const others = all.filter((other) => other !== sweep && opens(other));
  const beside = el("select", { "aria-label": `Compare ${sweep.name} with`, on: { change: () =>
    go({ ...FRESH, view: "explore", part: "compare", s: sweep.id, b: beside.value }) } },
  el("option", { value: "" }, "Compare with…"), ...others.map((other) => el("option", { value: other.id }, other.name)));
  return el("article", { class: "card state-" + sweep.state, "data-sweep": sweep.id },
    el("header", {}, el("h3", {}, name),
      el("span", { class: "state" }, el("span", { "aria-hidden": "true" }, MARKS[sweep.state] ?? "○"), " ", WORDS[sweep.state] ?? sweep.state)),
    progress(sweep), facts(sweep), sweep.note ? el("p", { class: "note" }, sweep.note) : null,
    el("footer", {}, el("span", { class: "note" }, [sweep.version, sweep.schema ? `schema ${sweep.schema}` : ""].filter(Boolean).join(" · ")),
      opens(sweep) && others.length ? beside : null));
}

/** Cards that say the same as before stay, so that nothing jumps and the focus stays where it is. */
export function draw({ sweeps }) {
  const nodes = sweeps.map((sweep) => {
    const said = JSON.stringify([sweep, sweeps.length]), known = cards.get(sweep.id);
    if (known?.said === said) return known.node;
    const node = card(sweep, sweeps);
    cards.set(sweep.id, { said, node });
    return node;
  });
  const total = sweeps.reduce((sum, sweep) => sum + (sweep.cells ?? 0), 0), running = sweeps.filter(({ state }) => state === "running").length;
  const grid = host.querySelector(".cards") ?? el("div", { class: "cards" });
  if (![...grid.children].every((child, k) => child === nodes[k]) || grid.children.length !== nodes.length) grid.replaceChildren(...nodes);
  fill(host, el("div", { class: "section-head" }, el("h2", { id: "view-title" }, title),
    el("p", { class: "note" }, sweeps.length ? `${counted(sweeps.length, "sweep")}, ${counted(total, "cell")}${running ? `, ${running} running` : ""}` : "There is no sweep here yet: jobs/phasemap sweep conf/sweeps/01-quickstart.yaml")), grid);
}
