/** A panel of a map on the page: its frame, arrow keys, and the brush that a drag draws. */
import { el } from "./dom.js";
import * as charts from "../charts.js";
import * as walk from "../walk.js";

/** A drag that is shorter than this is a click, in pixels. */
const LEAST = 8;

/** Draws a brush over a panel; done(box) is told its pixels [left, top, right, bottom]. */
function brush(frame, done) {
  const box = el("div", { class: "brush", hidden: true });
  frame.append(box);
  let from = null;
  const inside = (event) => {
    const { left, top } = frame.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const corners = (to) => [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])];
  const isDrag = ([left, top, right, bottom]) => right - left >= LEAST && bottom - top >= LEAST;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch") from = inside(event);
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    const all = corners(inside(event));
    box.hidden = !isDrag(all);
    Object.assign(box.style, { left: all[0] + "px", top: all[1] + "px", width: all[2] - all[0] + "px", height: all[3] - all[1] + "px" });
  });
  window.addEventListener("pointerup", (event) => {
    if (!from) return;
    const all = corners(inside(event));
    from = null;
    box.hidden = true;
    if (isDrag(all)) done(all);
  });
}

/** The places along an axis from one coordinate to another. */
const between = (through, a, b) => through.shown.filter((v) => {
  const t = through.to(through.position(v));
  return t >= Math.min(a, b) && t <= Math.max(a, b);
});

/**
 * Makes the element of a panel.
 * reader: as walk.attach asks for, and brushed({x: values, y: values}) for a drag. fill(panel, option, label) shows something in it.
 */
export function make(reader, renderer) {
  const frame = el("div", { class: "frame" },
    el("div", { class: "chart", tabindex: "0", role: "application" }), el("div", { class: "outline", hidden: true }));
  const heading = el("h3"), where = el("span", { class: "where" });
  const figure = el("figure", {}, el("figcaption", {}, heading, where), frame);
  const panel = { figure, heading, where, cells: [], boxes: [], order: [] };
  walk.attach(panel, reader, renderer);
  brush(frame, ([left, top, right, bottom]) => {
    const [x0, y0] = panel.chart.convertFromPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [left, top]);
    const [x1, y1] = panel.chart.convertFromPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [right, bottom]);
    reader.brushed({ x: between(panel.x, x0, x1), y: between(panel.y, y0, y1) });
  });
  panel.dispose = () => charts.dispose(panel.element);
  return panel;
}

/** Shows a panel of mapdata.js. */
export function fill(panel, data, option, label) {
  Object.assign(panel, data, { cursor: data.cells.includes(panel.cursor) ? panel.cursor : null });
  panel.heading.textContent = data.title;
  panel.element.setAttribute("aria-label", label);
  panel.chart.setOption(charts.roomy(option), { notMerge: true });
}
