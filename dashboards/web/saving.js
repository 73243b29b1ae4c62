/** The report's figures as files and its cells as CSV, made from what the page holds. */
import { columns, renderer, size, sweep } from "./data.js";
import * as files from "./files.js";
import { chart } from "./source.js";

const conventions = await chart("conventions");
const provenance = await chart("provenance");
const about = [sweep, ...[...conventions, ...provenance].map((pair) => pair.join(": "))];

/** A button that saves a chart: as a vector file, or as pixels where it is drawn in pixels. */
export function button(chartOf, nameOf, barOf) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "save";
  made.textContent = renderer === "svg" ? "SVG" : "PNG";
  made.title = "Save this figure, with conventions and provenance inside the file";
  made.addEventListener("click", () => {
    const chart = chartOf(), name = files.named([sweep, nameOf()], renderer === "svg" ? "svg" : "png");
    const address = renderer === "svg"
      ? files.asData(files.sheet([files.part(chart)], { bar: barOf && barOf(), about }), "image/svg+xml")
      : chart.getDataURL({ type: "png", pixelRatio: 3, backgroundColor: "#fff" });
    files.offer(address, name);
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
  files.offer(files.asData(csv(), "text/csv"), files.named([sweep, "cells"], "csv"));
});
