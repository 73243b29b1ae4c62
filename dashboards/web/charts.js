/** ECharts instances that follow the size of their elements. */
import * as data from "./data.js";
import * as format from "./format.js";

/** Without quotation marks: ECharts writes them unescaped into saved figures. */
const FONT = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim().replace(/"/g, "");
const MOST_VECTOR_CELLS = 12000;

/** Vectors, so that figures can be saved as such; pixels where there would be too many. */
export const renderer = data.propagation.length <= MOST_VECTOR_CELLS ? "svg" : "canvas";
const instances = new Map();
const followers = new Map();
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    instances.get(target)?.resize();
    followers.get(target)?.();
  }
});

/** The chart of an element, made at the first call. What lies over it is told of a new size. */
export function of(element, follow) {
  if (!instances.has(element)) {
    instances.set(element, echarts.init(element, { textStyle: { fontFamily: FONT } }, { renderer }));
    watcher.observe(element);
    if (follow) followers.set(element, follow);
  }
  return instances.get(element);
}

const ink = "#3a4553";

/** A name in which σ_w has a subscript, with the styles that it needs. */
export function named(text, color, fontSize) {
  const rich = { sub: { fontSize: fontSize * 0.75, color, padding: [fontSize * 0.55, 0, 0, 0] } };
  return {
    name: text.replace(/_(\w)/g, "{sub|$1}"),
    nameTextStyle: { color, fontSize, rich },
  };
}

/** A plain axis in the report's style. */
export function axis(name, extra = {}) {
  return {
    type: "value", ...named(name, "#1c2430", 12.5), nameLocation: "middle", scale: true,
    axisLine: { show: true, onZero: false, lineStyle: { color: "#5a6675" } },
    axisTick: { show: true },
    splitLine: { lineStyle: { color: "#eef0f3" } },
    ...extra,
    axisLabel: {
      color: ink, fontSize: 11.5, formatter: (v) => format.number(v), hideOverlap: true,
      ...extra.axisLabel,
    },
  };
}

export const tooltip = {
  confine: true, transitionDuration: 0, padding: [7, 10], borderColor: "#c5ccd5",
  extraCssText: "box-shadow:0 4px 18px rgba(16,21,28,.16)",
};
