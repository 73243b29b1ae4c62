/** Maps of many cells: painted as one image, since marks of their own cost a browser far more. */
import * as charts from "./charts.js";
import * as heatmap from "./heatmap.js";

/** Hatching as a tile that is repeated, so that it goes on from cell to cell. */
function tile(ink, { slope, gap, stroke, lineWidth }, density) {
  const one = document.createElement("canvas");
  one.width = one.height = Math.round(gap * density);
  const pen = one.getContext("2d");
  pen.scale(one.width / gap, one.width / gap);
  Object.assign(pen, { strokeStyle: stroke, lineWidth });
  for (let k = -1; k <= 2; k++) {
    pen.moveTo(-gap, (k * gap + gap) / slope);
    pen.lineTo(2 * gap, (k * gap - 2 * gap) / slope);
  }
  pen.stroke();
  const pattern = ink.createPattern(one, "repeat");
  pattern.setTransform(new DOMMatrix().scale(gap / one.width));
  return pattern;
}

function paintCorner(ink, rect, filled) {
  const { points: [first, ...others], fill, stroke, lineWidth } = heatmap.corner(rect, filled);
  Object.assign(ink, { fillStyle: fill, strokeStyle: stroke, lineWidth });
  ink.beginPath();
  ink.moveTo(...first);
  others.forEach((point) => ink.lineTo(...point));
  ink.closePath();
  ink.fill();
  ink.stroke();
}

/** All cells of a panel on a canvas that covers an area of the chart, [left, top, width, height]. */
function paint({ cells, order }, rectangles, look, scale, [left, top, width, height]) {
  const density = window.devicePixelRatio || 1, canvas = document.createElement("canvas"), tiles = new Map();
  canvas.width = Math.ceil(width * density);
  canvas.height = Math.ceil(height * density);
  const ink = canvas.getContext("2d");
  ink.scale(density, density);
  ink.translate(-left, -top);
  const hatched = (lines) => {
    const key = Object.values(lines).join();
    if (!tiles.has(key)) tiles.set(key, tile(ink, lines, density));
    return tiles.get(key);
  };
  for (const k of order) {
    const { fill, hatching, corners } = heatmap.style(look(cells[k]), scale);
    for (const paper of [fill, ...hatching.map(hatched)]) {
      ink.fillStyle = paper;
      ink.fillRect(...rectangles[k]);
    }
    for (const filled of corners) paintCorner(ink, rectangles[k], filled);
  }
  return canvas;
}

/** The boxes of a panel as rectangles [x, y, width, height] of the chart, with edges on whole pixels of the screen. */
function placed({ boxes, x, y }, [left, top, width, height]) {
  const density = window.devicePixelRatio || 1, whole = (v) => Math.round(v * density) / density;
  const across = (t) => whole(left + (t - x.min) / (x.max - x.min) * width);
  const down = (t) => whole(top + (y.max - t) / (y.max - y.min) * height);
  return boxes.map(([x0, x1, y0, y1]) => {
    const from = across(x0), to = down(y1);
    return [from, to, across(x1) - from, down(y0) - to];
  });
}

/** The cell on top at a point of the chart; undefined where there is none. */
function under({ cells, order }, rectangles, { x, y }) {
  for (let k = order.length - 1; k >= 0; k--) {
    const [left, top, width, height] = rectangles[order[k]];
    if (x >= left && x < left + width && y >= top && y < top + height) return cells[order[k]];
  }
  return undefined;
}

/** As heatmap.cellSeries. The panel gets cellAt(point): the image is one thing to ECharts, so cells are found by their place. */
export function cellSeries(panel, look, scale, tip) {
  let rectangles = [];
  panel.cellAt = (point) => point.cell ?? under(panel, rectangles, point);
  return {
    type: "custom", id: "cells", z: 1, clip: true, animation: false, encode: { x: [0, 1], y: [2, 3] },
    data: [[panel.x.min, panel.x.max, panel.y.min, panel.y.max]],
    renderItem: (params, api) => {
      const [left, bottom] = api.coord([panel.x.min, panel.y.min]), [right, top] = api.coord([panel.x.max, panel.y.max]);
      const [x, y] = [Math.floor(left), Math.floor(top)], area = [left, top, right - left, bottom - top];
      const [width, height] = [Math.ceil(right) - x, Math.ceil(bottom) - y];
      rectangles = placed(panel, area);
      return { type: "image", style: { image: paint(panel, rectangles, look, scale, [x, y, width, height]), x, y, width, height } };
    },
    tooltip: { formatter: () => {
      const cell = panel.cellAt(charts.pointer());
      return cell === undefined ? "" : tip(cell);
    } },
  };
}
