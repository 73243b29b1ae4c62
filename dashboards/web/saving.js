/** Figures as files and cells as CSV, made from what the page holds. */
import * as charts from "./charts.js";
import { columns, size, sweep } from "./data.js";
import { escape } from "./format.js";
import { chart } from "./source.js";

const conventions = await chart("conventions");
const provenance = await chart("provenance");

const HEADROOM = 64;

function offer(href, name) {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}

const asData = (text, type) => "data:" + type + ";charset=utf-8," + encodeURIComponent(text);
const file = (part, ending) =>
  [sweep, part].join("-").replace(/[^\w.-]+/g, "_") + "." + ending;

/** What a figure needs to be understood and made again: conventions and provenance. */
function description() {
  const lines = [sweep, ...[...conventions, ...provenance].map((pair) => pair.join(": "))];
  return `<metadata>${escape(lines.join("\n"))}</metadata>`;
}

/** The chart as an SVG document, below its title and colour bar if it has one. */
function vector(chart, bar) {
  const inner = chart.renderToSVGString();
  const width = chart.getWidth(), height = chart.getHeight() + (bar ? HEADROOM : 0);
  const head = bar ? `<g transform="translate(46,20)">${bar}</g>` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`
    + `${description()}<rect width="100%" height="100%" fill="#ffffff"/>${head}`
    + `<svg y="${bar ? HEADROOM : 0}" width="${width}" height="${chart.getHeight()}">${inner}</svg></svg>`;
}

/** A button that saves a chart: as a vector file, or as pixels where it is drawn in pixels. */
export function button(chartOf, nameOf, barOf) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "save";
  made.textContent = charts.renderer.toUpperCase() === "SVG" ? "SVG" : "PNG";
  made.title = "Save this figure, with conventions and provenance inside the file";
  made.addEventListener("click", () => {
    const chart = chartOf(), part = nameOf();
    if (charts.renderer === "svg") {
      offer(asData(vector(chart, barOf && barOf()), "image/svg+xml"), file(part, "svg"));
    } else {
      offer(chart.getDataURL({ type: "png", pixelRatio: 3, backgroundColor: "#fff" }), file(part, "png"));
    }
  });
  return made;
}

function csv() {
  const names = Object.keys(columns);
  const field = (v) => {
    const text = v === null ? "" : String(v);
    return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  };
  const lines = [names.join(",")];
  for (let i = 0; i < size; i++) lines.push(names.map((name) => field(columns[name][i])).join(","));
  return lines.join("\r\n") + "\r\n";
}

document.getElementById("csv").addEventListener("click", (event) => {
  event.preventDefault();
  offer(asData(csv(), "text/csv"), file("cells", "csv"));
});
