/** A figure: its name, its chart, the menu that saves it, and its table. */
import { el, fill } from "./dom.js";
import * as save from "./save.js";
import { twin } from "./twin.js";
import * as charts from "../charts.js";

const live = new Set();

/** Draws all figures of the page anew, in other inks. */
export const redraw = () => live.forEach((figure) => figure.draw());

/** Forgets the figures of a view that is left. */
export function forget() {
  live.forEach((figure) => figure.dispose());
  live.clear();
}

/** Something that is to be drawn anew with the others. */
export const enlist = (figure) => { live.add(figure); };

/**
 * A figure with one chart. show({option(renderer), points, table, label, where, name, about, numbers}) draws:
 * option builds ECharts' option in the inks of the moment, points is how many marks it has, table its twin, bar() its colour bar if it
 * has one, and the rest what save.js asks for. open(hit) is told of a click.
 */
export function figure(title, { open = null, classes = "chart tall" } = {}) {
  const chart = el("div", { class: classes, role: "img" });
  const where = el("span", { class: "where" }), heading = el("h3", { maths: title });
  const other = twin();
  let shown = null, drawn = null, renderer = null;
  const source = () => ({
    parts: [{ option: shown.option, width: chart.clientWidth, height: chart.clientHeight, title: heading.textContent }],
    columns: 1, bar: shown.bar ?? null, about: shown.about, name: shown.name, numbers: shown.numbers ?? null,
  });
  const node = el("figure", {}, el("figcaption", {}, heading, save.menu(source), where), chart, other.node);
  const made = {
    node, chart, heading, where,
    draw() {
      if (!shown) return;
      const wanted = charts.rendererFor(shown.points ?? 0, charts.MOST_FAST_MARKS);
      if (renderer !== wanted) {
        charts.dispose(chart);
        drawn = charts.of(chart, wanted);
        renderer = wanted;
        if (open) drawn.on("click", open);
      }
      drawn.setOption(charts.roomy(shown.option(renderer)), { notMerge: true });
    },
    show(next) {
      shown = next;
      chart.setAttribute("aria-label", next.label);
      fill(where, next.where ?? "");
      other.set(next.table);
      made.draw();
    },
    of: () => drawn,
    dispose: () => charts.dispose(chart),
  };
  live.add(made);
  return made;
}
