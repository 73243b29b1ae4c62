/** Figures as files. */
import { escape } from "./format.js";

/** Room for the title and colour bar, and for the name of a part, in pixels. */
const HEADROOM = 64, NAMEROOM = 22, GAP = 14, MARGIN = 46;

/** Gives the reader a file. */
export function offer(href, name) {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}

export const asData = (text, type) => "data:" + type + ";charset=utf-8," + encodeURIComponent(text);

/** A name of a file without anything that a file system might not take. */
export const named = (parts, ending) => parts.join("-").replace(/[^\w.-]+/g, "_") + "." + ending;

/** A chart as a part of a sheet. */
export const part = (chart, title = "") =>
  ({ inner: chart.renderToSVGString(), width: chart.getWidth(), height: chart.getHeight(), title });

const sheetWidth = (parts, columns) => columns * Math.max(...parts.map((p) => p.width)) + (columns - 1) * GAP;

/** Where the parts of a sheet stand, in rows of so many. */
function places(parts, columns, top) {
  const width = Math.max(...parts.map((p) => p.width)), named = parts.some((p) => p.title) ? NAMEROOM : 0;
  const height = Math.max(...parts.map((p) => p.height)) + named;
  const rows = Math.ceil(parts.length / columns);
  return {
    width: sheetWidth(parts, columns), height: top + rows * height + (rows - 1) * GAP, named,
    at: parts.map((_, k) => [(k % columns) * (width + GAP), top + Math.floor(k / columns) * (height + GAP)]),
  };
}

/**
 * Parts as one SVG document, below their common title, colour bar and key if they have any.
 * key(width): what is drawn, and how high it is.
 * about: lines that say what the figure needs to be understood and made again.
 * font, a family, and style, the text of a style sheet, are optional.
 */
export function sheet(parts, { columns = 1, bar = "", key = null, about, font = "sans-serif", style = "" }) {
  const below = bar ? HEADROOM : 0, keys = key ? key(sheetWidth(parts, columns) - 2 * MARGIN) : { inner: "", height: 0 };
  const { width, height, named, at } = places(parts, columns, below + keys.height);
  const head = (bar ? `<g transform="translate(${MARGIN},20)">${bar}</g>` : "")
    + (keys.height ? `<g transform="translate(${MARGIN},${below + 2})">${keys.inner}</g>` : "");
  const drawn = parts.map(({ inner, width: w, height: h, title }, k) => {
    const [x, y] = at[k];
    const name = title ? `<text x="${x + 8}" y="${y + 16}" font-size="14" font-weight="600">${escape(title)}</text>` : "";
    return `${name}<svg x="${x}" y="${y + named}" width="${w}" height="${h}">${inner}</svg>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${font}">`
    + `<metadata>${escape(about.join("\n"))}</metadata>${style ? `<style>${style}</style>` : ""}`
    + `<rect width="100%" height="100%" fill="#ffffff"/>${head}${drawn.join("")}</svg>`;
}
