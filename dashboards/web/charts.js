/** ECharts instances that follow the size of their elements, and the parts that all charts share. */
import * as format from "./format.js";
import { theme } from "./theme.js";

/** Without quotation marks: ECharts writes them unescaped into saved figures. */
const FONT = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim().replace(/"/g, "");
const MOST_VECTOR_CELLS = 12000;

/** Where figures are drawn anew for files, so many marks are drawn fast enough as vectors. */
export const MOST_FAST_MARKS = 3000;

/** Vectors, so that figures can be saved as such; pixels where there would be too many. */
export const rendererFor = (marks, most = MOST_VECTOR_CELLS) => (marks <= most ? "svg" : "canvas");

let place = { x: 0, y: 0 };

/** Where the pointer is on the chart that it is on, in pixels, which ECharts does not tell formatters; cell where arrow keys put it. */
export const pointer = () => place;

/** Moves it as arrow keys do. */
export const point = (to) => {
  place = to;
};

const instances = new Map();
const followers = new Map();
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    instances.get(target)?.resize();
    followers.get(target)?.();
  }
});

/** The chart of an element, made at the first call. What lies over it is told of a new size. */
export function of(element, renderer = "svg", follow = null) {
  if (!instances.has(element)) {
    const chart = echarts.init(element, { textStyle: { fontFamily: FONT } }, { renderer });
    chart.getZr().on("mousemove", ({ offsetX: x, offsetY: y }) => point({ x, y }));
    instances.set(element, chart);
    watcher.observe(element);
    if (follow) followers.set(element, follow);
  }
  return instances.get(element);
}

/** Forgets the chart of an element that leaves the page, or that is to be drawn in another way. */
export function dispose(element) {
  instances.get(element)?.dispose();
  instances.delete(element);
  followers.delete(element);
  watcher.unobserve(element);
}

/** A chart on no page, for a file: as vectors unless told otherwise. */
export function apart(width, height, renderer = "svg") {
  const look = { textStyle: { fontFamily: FONT } };
  return renderer === "svg"
    ? echarts.init(null, look, { renderer, ssr: true, width, height })
    : echarts.init(document.createElement("div"), look, { renderer, width, height, devicePixelRatio: 3 });
}

/** A name in which σ_w has a subscript, with the styles that it needs. */
export function named(text, color, fontSize) {
  fontSize *= theme.text;
  const rich = { sub: { fontSize: fontSize * 0.75, color, padding: [fontSize * 0.55, 0, 0, 0] } };
  return {
    name: text.replace(format.SUBSCRIPT, "$1{sub|$2}"),
    nameTextStyle: { color, fontSize, rich },
  };
}

/** An option whose margins have room for the text of the page. */
export function roomy(option) {
  const grid = Object.fromEntries(Object.entries(option.grid ?? {}).map(([side, v]) => [side, v * theme.text]));
  const axis = (one) => (one ? { ...one, nameGap: one.nameGap * theme.text } : one);
  return theme.text === 1 || !option.grid ? option : { ...option, grid, xAxis: [option.xAxis].flat().map(axis), yAxis: axis(option.yAxis) };
}

/** A plain axis in the page's style. */
export function axis(name, extra = {}) {
  return {
    type: "value", ...named(name, theme.ink, 12.5), nameLocation: "middle", scale: true,
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { show: true },
    splitLine: { lineStyle: { color: theme.grid } },
    ...extra,
    axisLabel: {
      color: theme.tick, fontSize: 11.5 * theme.text, formatter: (v) => format.number(v), hideOverlap: true,
      ...extra.axisLabel,
    },
  };
}

export const tooltip = () => ({
  confine: true, transitionDuration: 0, padding: [7, 10], borderColor: theme.frame, backgroundColor: theme.paper,
  extraCssText: "box-shadow:0 4px 18px rgba(16,21,28,.16)",
});

/** A curve that nothing happens to when the pointer is on it. */
export const still = (data, extra) =>
  ({ type: "line", data, showSymbol: false, silent: true, animation: false, tooltip: { show: false }, ...extra });

/** Whiskers from low to high: data [x, low, high]. */
export const whiskers = (data, extra = {}) => ({
  type: "custom", silent: true, z: 2, clip: true, animation: false, tooltip: { show: false },
  encode: { x: 0, y: [1, 2] }, data,
  renderItem: (params, api) => {
    const [x, low] = api.coord([api.value(0), api.value(1)]), [, high] = api.coord([api.value(0), api.value(2)]);
    return { type: "line", shape: { x1: x, y1: low, x2: x, y2: high }, style: { stroke: theme.line, lineWidth: 1, opacity: 0.6, ...extra } };
  },
});

/** What a curve without symbols has in a legend. */
export const lineKey = (name) => ({ name, icon: "path://M0 4.2H20V5.8H0Z" });
