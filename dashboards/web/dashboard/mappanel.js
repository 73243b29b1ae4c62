/** A panel of a map on the page: its frame, arrow keys, and the brush that a drag draws. */
import { el } from "./dom.js";
import * as charts from "../charts.js";
import * as walk from "../walk.js";

/** A drag that is shorter than this is a click, in pixels. */
const LEAST = 8;

/** A finger that drags scrolls the page; one that rests so long first, in milliseconds, draws a brush. */
const HOLD = 400;

/** Draws a brush over a panel until the signal; done(box) is told its pixels [left, top, right, bottom]. */
function brush(frame, signal, done) {
  const box = el("div", { class: "brush", hidden: true });
  frame.append(box);
  let from = null, held = null, touched = null;
  const inside = (event) => {
    const { left, top } = frame.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const corners = (to) => [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])];
  const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) > LEAST;
  const isDrag = ([left, top, right, bottom]) => right - left >= LEAST && bottom - top >= LEAST;
  const place = ([left, top, right, bottom]) => Object.assign(box.style, { left: left + "px", top: top + "px", width: right - left + "px", height: bottom - top + "px" });
  const end = () => {
    clearTimeout(held);
    from = touched = null;
    box.hidden = true;
    box.classList.remove("held");
  };
  const hold = () => {
    from = touched;
    place([from[0] - LEAST, from[1] - LEAST, from[0] + LEAST, from[1] + LEAST]);
    box.classList.add("held");
    box.hidden = false;
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return end();
    if (event.pointerType !== "touch") from = inside(event);
    else {
      touched = inside(event);
      held = setTimeout(hold, HOLD);
    }
  }, { signal });
  window.addEventListener("pointermove", (event) => {
    if (!from && touched && far(touched, inside(event))) end();
    if (!from) return;
    const all = corners(inside(event));
    if (!box.classList.contains("held") || isDrag(all)) {
      box.hidden = !isDrag(all);
      place(all);
    }
  }, { signal });
  window.addEventListener("pointerup", (event) => {
    const all = from ? corners(inside(event)) : null;
    end();
    if (all && isDrag(all)) done(all);
  }, { signal });
  window.addEventListener("pointercancel", end, { signal });
  // Without these the browser takes a held finger's drag for scrolling, and its rest for a menu.
  frame.addEventListener("touchmove", (event) => { if (from) event.preventDefault(); }, { signal, passive: false });
  frame.addEventListener("contextmenu", (event) => { if (touched) event.preventDefault(); }, { signal });
}

/** The places along an axis from one coordinate to another. */
const between = (through, a, b) => through.shown.filter((v) => {
  const t = through.to(through.position(v));
  return t >= Math.min(a, b) && t <= Math.max(a, b);
});

/**
 * Makes the element of a panel.
 * reader: as walk.attach asks for, and brushed({x: values, y: values}) for a drag. fill(panel, data, option, label) shows something in it.
 */
export function make(reader, renderer) {
  const frame = el("div", { class: "frame" },
    el("div", { class: "chart", tabindex: "0", role: "application" }), el("div", { class: "outline", hidden: true }));
  const heading = el("h3"), where = el("span", { class: "where" });
  const figure = el("figure", {}, el("figcaption", {}, heading, where), frame);
  const panel = { figure, heading, where, cells: [], boxes: [], order: [] };
  const life = new AbortController();
  walk.attach(panel, reader, renderer);
  brush(frame, life.signal, ([left, top, right, bottom]) => {
    const [x0, y0] = panel.chart.convertFromPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [left, top]);
    const [x1, y1] = panel.chart.convertFromPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [right, bottom]);
    reader.brushed({ x: between(panel.x, x0, x1), y: between(panel.y, y0, y1) });
  });
  panel.dispose = () => {
    life.abort();
    charts.dispose(panel.element);
  };
  return panel;
}

/** Shows a panel of mapdata.js; option(panel) is of one that is filled. */
export function fill(panel, data, option, label) {
  Object.assign(panel, data, { cursor: data.cells.includes(panel.cursor) ? panel.cursor : null });
  panel.heading.textContent = data.title;
  panel.element.setAttribute("aria-label", label);
  panel.chart.setOption(charts.roomy(option(panel)), { notMerge: true });
}
