/** Maps that are read cell by cell: a frame around one of them, and arrow keys that move it. */
import * as charts from "./charts.js";

export const FRAME = '<div class="frame"><div class="chart" tabindex="0" role="application"></div><div class="outline" hidden></div></div>';
const MOVES = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowUp: ["y", 1], ArrowDown: ["y", -1] };

/** Puts the frame around a cell, over the chart so that saved figures are without it. */
export function outline(panel, cell) {
  const frame = panel.figure.querySelector(".outline");
  const place = cell === null ? -1 : panel.cells.indexOf(cell);
  frame.hidden = place < 0;
  if (frame.hidden) return;
  const [x0, x1, y0, y1] = panel.boxes[place];
  const pixel = (x, y) => panel.chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [x, y]);
  const [left, bottom] = pixel(x0, y0), [right, top] = pixel(x1, y1);
  Object.assign(frame.style, {
    left: left + "px", top: top + "px", width: right - left + "px", height: bottom - top + "px",
  });
}

/** The neighbour of a cell along x or y: the next value there, then the nearest on the other axis. */
function neighbour(panel, cell, axis, direction) {
  const along = (i) => panel.place(axis, i), across = (i) => panel.place(axis === "x" ? "y" : "x", i);
  const here = along(cell), there = across(cell);
  const ahead = panel.cells.filter((i) => (along(i) - here) * direction > 0);
  if (!ahead.length) return cell;
  return ahead.sort((a, b) =>
    Math.abs(across(a) - there) - Math.abs(across(b) - there) || Math.abs(along(a) - here) - Math.abs(along(b) - here))[0];
}

function showTip(panel, k) {
  if (!panel.cellAt) {
    panel.chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: panel.order.indexOf(k) });
    return;
  }
  const [x0, x1, y0, y1] = panel.boxes[k];
  const [x, y] = panel.chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [(x0 + x1) / 2, (y0 + y1) / 2]);
  charts.point({ x, y, cell: panel.cells[k] });
  panel.chart.dispatchAction({ type: "showTip", x, y });
}

function move(panel, reader, axis, direction) {
  const start = [panel.cursor, reader.current()].find((cell) => panel.cells.includes(cell));
  panel.cursor = start === undefined
    ? panel.cells[Math.floor(panel.cells.length / 2)]
    : neighbour(panel, start, axis, direction);
  reader.outline(panel.cursor);
  showTip(panel, panel.cells.indexOf(panel.cursor));
  document.getElementById("announcer").textContent = reader.spoken(panel.cursor);
}

function key(panel, reader, event) {
  if (event.key === "Escape") {
    panel.chart.dispatchAction({ type: "hideTip" });
    panel.element.blur();
  } else if (event.key === "Enter" && panel.cursor !== null) {
    reader.open(panel.cursor);
  } else if (event.key in MOVES) {
    move(panel, reader, ...MOVES[event.key]);
  } else {
    return;
  }
  event.preventDefault();
}

/**
 * Makes a panel's chart in its figure, with mouse and keyboard that reach its cells.
 * panel: figure, place("x" or "y", cell), and once filled its cells, their boxes and the order they are drawn in; cellAt if painted.
 * reader: current() is the cell that is open, open(cell) opens one, outline(cell) frames one, spoken(cell) says one.
 */
export function attach(panel, reader, renderer) {
  panel.element = panel.figure.querySelector(".chart");
  panel.cursor = null;
  panel.chart = charts.of(panel.element, renderer, () => reader.outline(reader.current()));
  panel.chart.on("click", (hit) => {
    const cell = hit.seriesId === "cells" && panel.cellAt ? panel.cellAt(charts.pointer()) : hit.data?.cell;
    if (cell !== undefined) reader.open(cell);
  });
  panel.element.addEventListener("keydown", (event) => key(panel, reader, event));
  panel.element.addEventListener("blur", () => panel.chart.dispatchAction({ type: "hideTip" }));
}
