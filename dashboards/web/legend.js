/** The colour bar, and the keys to lines, hatches and marks. */
import { escape, maths, number } from "./format.js";
import * as heatmap from "./heatmap.js";
import { LINES } from "./lines.js";
import { theme } from "./theme.js";

const WIDTH = 380, TICK = 11.5;

/** The marks whose labels have room: those of ends beyond which values lie first, then from the middle outwards. */
function legible(marks, middle) {
  const half = ({ label }) => 0.27 * TICK * label.length + 3, chosen = new Set();
  const order = [...marks].sort((a, b) => b.clamp - a.clamp || Math.abs(a.at - middle) - Math.abs(b.at - middle));
  for (const mark of order) {
    if ([...chosen].every((other) => Math.abs(other.at - mark.at) >= half(mark) + half(other))) chosen.add(mark);
  }
  return chosen;
}

/** The colour bar as the inside of an SVG element. */
function ramp(scale) {
  const stops = Array.from({ length: 41 }, (_, k) => {
    const t = k / 40;
    return `<stop offset="${t}" stop-color="${scale.ramp(t)}"/>`;
  });
  const marks = scale.ticks.map((v) => {
    const sign = scale.clamps.low && v === scale.lo ? "≤ " : scale.clamps.high && v === scale.hi ? "≥ " : "";
    const plus = scale.lo < 0 && v > 0 && !sign ? "+" : "";
    return { at: scale.unit(v) * WIDTH, clamp: sign !== "", label: `${sign}${plus}${number(v, 3)}` };
  });
  const named = legible(marks, scale.lo < 0 && scale.hi > 0 ? scale.unit(0) * WIDTH : 0);
  const ticks = marks.map((mark) => `<path d="M${mark.at.toFixed(1)} 14v4" stroke="${theme.line}"/>`
    + (named.has(mark) ? `<text x="${mark.at.toFixed(1)}" y="30" text-anchor="middle" font-size="${TICK}" fill="${theme.tick}">${mark.label}</text>` : ""));
  const id = scale.dark ? "ramp-sequential" : "ramp";
  return `<defs><linearGradient id="${id}">${stops.join("")}</linearGradient></defs>`
    + `<rect x="0" y="2" width="${WIDTH}" height="12" fill="url(#${id})" stroke="${theme.frame}" stroke-width=".5"/>`
    + ticks.join("");
}

/** Title and colour bar for a figure that leaves the page. */
export const titled = (scale, title) =>
  `<text x="0" y="-6" font-size="13" font-weight="600" fill="${theme.ink}">${inSvg(title)}</text>` + ramp(scale);

/** Title and colour bar on the page. */
export const shown = (scale, title, ends) =>
  `<div><div class="bar-title"><b>${maths(title)}</b>${ends}</div>`
    + `<svg width="${WIDTH + 24}" height="34" viewBox="-12 0 ${WIDTH + 24} 34" role="img" aria-label="colour scale">${ramp(scale)}</svg></div>`;

export const key = (picture, label, title) =>
  `<span class="key"${title ? ` title="${escape(title)}"` : ""}>${picture}<span>${maths(label)}</span></span>`;
export const svg = (content, width = 26) => `<svg width="${width}" height="14" aria-hidden="true">${content}</svg>`;

/** An entry of a key, here and in files: the inside of a small picture, how wide it is, what it means, and where that is from. */
export function lineEntry(kind) {
  const { width, dash, label, source } = LINES[kind];
  const dashes = dash ? ` stroke-dasharray="${dash.join(" ")}"` : "";
  return { picture: `<path d="M0 7H34" stroke="${theme.strong}" stroke-width="${width}"${dashes}/>`, width: 34, label, source };
}

/** What became of the networks of a cell without a value. */
export function categoryEntry(name, label = name) {
  const { fill, cross, both } = heatmap.CATEGORY_STYLE[name];
  const box = [0.5, 0.5, 17, 13];
  const paths = [1, ...(both ? [-1] : [])].map(
    (slope) => `<path d="${heatmap.hatch(box, slope, 6)}" stroke="${cross}" stroke-width=".8"/>`);
  const picture = `<rect x=".5" y=".5" width="17" height="13" fill="${fill ?? theme.paper}" stroke="#8b95a3" stroke-width=".6"/>${paths.join("")}`;
  return { picture, width: 18, label };
}

/** An entry as HTML. */
export const entry = ({ picture, width, label, source }) => key(svg(picture, width), label, source);
export const line = (kind) => entry(lineEntry(kind));
export const category = (name) => entry(categoryEntry(name));

/** Entries in rows of a width, as the inside of an SVG element, and how high they are: for figures that leave the page. */
export function flow(entries, width) {
  const SIZE = 11.5, ROW = 19, GAP = 22, wide = ({ width: w, label }) => w + 7 + 0.53 * SIZE * label.length + GAP;
  let x = 0, y = 0;
  const drawn = entries.map((one) => {
    if (x > 0 && x + wide(one) > width) [x, y] = [0, y + ROW];
    const place = `<g transform="translate(${x.toFixed(1)},${y})"><g>${one.picture}</g>`
      + `<text x="${one.width + 7}" y="11" font-size="${SIZE}" fill="${theme.tick}">${inSvg(one.label)}</text></g>`;
    x += wide(one);
    return place;
  });
  return { inner: drawn.join(""), height: entries.length ? y + ROW + 6 : 0 };
}

/** Text in which σ_w has a subscript, for SVG. */
const inSvg = (text) => maths(text).replace(/<sub>(.*?)<\/sub>/g, '<tspan dy="3" font-size="8.5">$1</tspan><tspan dy="-3">\u200b</tspan>');

/** What became of trained networks: the mark that outcomes have on maps. */
export function mark(outcome, { fill, stroke, symbol }) {
  const paint = `fill="${fill}" stroke="${stroke === "#ffffff" ? "#1a7a43" : stroke}" stroke-width="1.2"`;
  const shape = {
    circle: `<circle cx="7" cy="7" r="4.5" ${paint}/>`,
    rect: `<rect x="3.5" y="3.5" width="7" height="7" ${paint}/>`,
    triangle: `<path d="M7 2L12 11.5H2Z" ${paint}/>`,
  }[symbol];
  return key(svg(shape, 14), outcome, "what at least half of the trained networks did");
}

export function phase(name, label) {
  const path = heatmap.hatch([0.5, 0.5, 17, 13], heatmap.HATCHED[name], 6);
  return key(svg(`<rect x=".5" y=".5" width="17" height="13" fill="#f1ebe7" stroke="#8b95a3" stroke-width=".6"/><path d="${path}" stroke="#10151c" stroke-opacity=".6" stroke-width=".9"/>`, 18), label);
}
