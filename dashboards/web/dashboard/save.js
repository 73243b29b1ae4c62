/** The menu that saves what a figure shows: as a drawing, as pixels, or as the numbers behind it. */
import * as api from "./api.js";
import { announce, button, el } from "./dom.js";
import * as fonts from "./fonts.js";
import * as charts from "../charts.js";
import * as files from "../files.js";
import { onPaper } from "../theme.js";

const FAMILY = "Inter, Helvetica, Arial, DejaVu Sans, sans-serif";

/** Pixels of a saved image to one of the page. */
const DENSITY = 3;

function drawnApart({ option, width, height, title }) {
  const chart = charts.apart(width, height);
  chart.setOption(option("svg"));
  const part = files.part(chart, title);
  chart.dispose();
  return part;
}

/** The figure as an SVG document on white paper. */
function drawing({ parts, columns, bar, key, about }, style) {
  return onPaper(() => files.sheet(parts.map(drawnApart), { columns, bar: bar ? bar() : "", key, about, font: FAMILY, style }));
}

/** An SVG document as a PNG image. */
async function pixels(svg) {
  const image = new Image();
  image.src = files.asData(svg, "image/svg+xml");
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = DENSITY * image.naturalWidth;
  canvas.height = DENSITY * image.naturalHeight;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

const KINDS = {
  SVG: { ending: "svg", note: "Vectors, with the typeface embedded: looks the same everywhere, and in a PDF made from it",
    make: async (figure) => files.asData(drawing(figure, await fonts.embedded()), "image/svg+xml") },
  "SVG, plain": { ending: "svg", note: "Vectors, text in the reader’s own typeface: smaller, and easy to edit",
    make: async (figure) => files.asData(drawing(figure, ""), "image/svg+xml") },
  PNG: { ending: "png", note: "Pixels, three to one of the page",
    make: async (figure) => pixels(drawing(figure, await fonts.embedded())) },
};

/**
 * The menu of a figure.
 * source(): { parts: [{option(renderer), width, height, title}], columns, bar(), key(width), about: lines, name, numbers: {sweep, chart, parameters} | null }
 */
export function menu(source) {
  const made = el("details", { class: "save-menu" }, el("summary", { class: "save" }, "Save"));
  const list = el("div", { class: "menu" });
  for (const [label, { ending, note, make }] of Object.entries(KINDS)) {
    list.append(button(label, async () => {
      made.open = false;
      const figure = source();
      files.offer(await make(figure), files.named(figure.name, ending));
      announce(`${label} saved`);
    }, { title: note, "data-save": label }));
  }
  const links = ["csv", "parquet"].map((format) => el("a", {
    "data-save": format, title: "The numbers that are shown, from the server", on: { click: () => { made.open = false; } },
  }, format === "csv" ? "CSV" : "Parquet"));
  list.append(...links);
  made.append(list);
  made.addEventListener("toggle", () => {
    if (!made.open) return;
    const { numbers, name } = source();
    links.forEach((link) => {
      link.hidden = !numbers;
      if (!numbers) return;
      link.href = api.file(numbers.sweep, numbers.chart, link.dataset.save, numbers.parameters);
      link.download = files.named(name, link.dataset.save);
    });
  });
  made.addEventListener("keydown", (event) => {
    if (event.key === "Escape") made.open = false;
  });
  made.addEventListener("focusout", (event) => {
    if (!made.contains(event.relatedTarget)) made.open = false;
  });
  return made;
}
