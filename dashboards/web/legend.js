/** The colour bar and the key to lines, hatches and marks: one for all maps. */
import * as data from "./data.js";
import { escape, maths, number } from "./format.js";
import * as heatmap from "./heatmap.js";
import * as overlays from "./overlays.js";
import * as quantities from "./quantities.js";
import { state } from "./state.js";
import * as tooltip from "./tooltip.js";

const WIDTH = 380;

/** The colour bar as the inside of an SVG element. */
function ramp(scale) {
  const stops = Array.from({ length: 41 }, (_, k) => {
    const t = k / 40;
    return `<stop offset="${t}" stop-color="${scale.ramp(t)}"/>`;
  });
  const ticks = scale.ticks.map((v) => {
    const x = (scale.unit(v) * WIDTH).toFixed(1);
    const sign = scale.clamps.low && v === scale.lo ? "≤ " : scale.clamps.high && v === scale.hi ? "≥ " : "";
    const plus = scale.lo < 0 && v > 0 && !sign ? "+" : "";
    return `<path d="M${x} 14v4" stroke="#5a6675"/><text x="${x}" y="30" text-anchor="middle" font-size="11.5" fill="#3a4553">${sign}${plus}${number(v, 3)}</text>`;
  });
  const id = scale.dark ? "ramp-sequential" : "ramp";
  return `<defs><linearGradient id="${id}">${stops.join("")}</linearGradient></defs>`
    + `<rect x="0" y="2" width="${WIDTH}" height="12" fill="url(#${id})" stroke="#c5ccd5" stroke-width=".5"/>`
    + ticks.join("");
}

const titleOf = (state) => {
  const { label } = quantities.byId.get(state.quantity);
  return (state.view === "z" ? "z = (measured − expected at this width) / its standard error, " : "") + label
    + (state.view === "theory" ? ", theory at infinite width" : "");
};

/** Title and colour bar for a figure that leaves the page. */
export const titled = (scale, title) =>
  `<text x="0" y="-6" font-size="13" font-weight="600">${escape(title)}</text>` + ramp(scale);
export const bar = (scale, before) => titled(scale, before + titleOf(state));

/** Title and colour bar on the page. */
export const shown = (scale, title, ends) =>
  `<div><div class="bar-title"><b>${maths(title)}</b>${ends}</div>`
    + `<svg width="${WIDTH + 24}" height="34" viewBox="-12 0 ${WIDTH + 24} 34" role="img" aria-label="colour scale">${ramp(scale)}</svg></div>`;

export const key = (picture, label, title) =>
  `<span class="key"${title ? ` title="${escape(title)}"` : ""}>${picture}<span>${maths(label)}</span></span>`;
export const svg = (content, width = 26) => `<svg width="${width}" height="14" aria-hidden="true">${content}</svg>`;

export function line(kind) {
  const { width, dash, label, source } = overlays.LINES[kind];
  return key(svg(`<path d="M0 7H34" stroke="#10151c" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash.join(" ")}"` : ""}/>`, 34), label, source);
}

function mark(outcome) {
  const { fill, stroke, symbol } = overlays.OUTCOMES[outcome];
  const paint = `fill="${fill}" stroke="${stroke === "#ffffff" ? "#1a7a43" : stroke}" stroke-width="1.2"`;
  const shape = {
    circle: `<circle cx="7" cy="7" r="4.5" ${paint}/>`,
    rect: `<rect x="3.5" y="3.5" width="7" height="7" ${paint}/>`,
    triangle: `<path d="M7 2L12 11.5H2Z" ${paint}/>`,
  }[symbol];
  return key(svg(shape, 14), outcome, "what at least half of the trained networks did");
}

function category(name) {
  const { fill, cross, both } = heatmap.CATEGORY_STYLE[name];
  const box = [0.5, 0.5, 17, 13];
  const paths = [1, ...(both ? [-1] : [])].map(
    (slope) => `<path d="${heatmap.hatch(box, slope, 6)}" stroke="${cross}" stroke-width=".8"/>`);
  return key(svg(`<rect x=".5" y=".5" width="17" height="13" fill="${fill}" stroke="#8b95a3" stroke-width=".6"/>${paths.join("")}`, 18), name);
}

function phase(name, label) {
  const path = heatmap.hatch([0.5, 0.5, 17, 13], heatmap.HATCHED[name], 6);
  return key(svg(`<rect x=".5" y=".5" width="17" height="13" fill="#f1ebe7" stroke="#8b95a3" stroke-width=".6"/><path d="${path}" stroke="#10151c" stroke-opacity=".6" stroke-width=".9"/>`, 18), label);
}

/** Only what is somewhere on the maps. */
export function draw(state, scale, panels) {
  const cells = panels.flatMap((panel) => panel.cells), trained = panels.flatMap((panel) => panel.trained);
  const ends = state.quantity === "ln_gradient_gain" && state.view !== "z"
    ? "<span>◂ vanishing · exploding ▸</span>" : "";
  const keys = [];
  const show = state.overlays;
  const kinds = [
    ...(show.boundaries ? overlays.BOUNDARIES : []),
    ...(show.edge ? ["edge", "limit", "unstable"] : []),
    ...(show.scales ? ["one", "six"] : []),
    ...(show.zero ? ["zero"] : []),
  ];
  keys.push(...kinds
    .filter((kind) => panels.some((panel) => panel.cells.length && overlays.lines(panel, kind).length))
    .map(line));
  if (show.zero) keys.push(key(svg('<path d="M4 7H22" stroke="#10151c" stroke-width="1.8"/><circle cx="13" cy="7" r="3.2" fill="#10151c"/>'), "ln gain = 0 (measured, ± 2 se)"));
  if (show.training && trained.length) keys.push(...Object.keys(overlays.OUTCOMES).map(mark));
  const categories = new Set(cells.map(tooltip.category).filter(Boolean));
  keys.push(...[...categories].map(category));
  if (show.phases) {
    const phases = new Set(cells.map((i) => data.at("phase", i)));
    if (phases.has("unstable_eoc")) keys.push(phase("unstable_eoc", "unstable edge (χ_q > 1)"));
    if (phases.has("no_fixed_point")) keys.push(phase("no_fixed_point", "no fixed point"));
  }
  document.getElementById("legend").innerHTML =
    shown(scale, titleOf(state), ends)
    + `<div class="keys-list">${keys.join("")}</div>`;
}
