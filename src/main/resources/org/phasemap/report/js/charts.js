"use strict";
/** ECharts instances that follow the size of their elements. */
PM.charts = (() => {
  const FONT = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim();
  const instances = new Map();
  const watcher = new ResizeObserver((entries) => {
    for (const entry of entries) instances.get(entry.target)?.resize();
  });

  /** The chart of an element, made at the first call. Vector graphics, so that figures can be saved. */
  function of(element) {
    if (!instances.has(element)) {
      instances.set(element, echarts.init(element, { textStyle: { fontFamily: FONT } }, { renderer: "svg" }));
      watcher.observe(element);
    }
    return instances.get(element);
  }

  const ink = "#3a4553";

  /** A plain axis in the report's style. */
  function axis(name, extra = {}) {
    return {
      type: "value", name, nameLocation: "middle", scale: true,
      nameTextStyle: { color: "#1c2430", fontSize: 12.5 },
      axisLine: { show: true, onZero: false, lineStyle: { color: "#5a6675" } },
      axisTick: { show: true },
      splitLine: { lineStyle: { color: "#eef0f3" } },
      ...extra,
      axisLabel: {
        color: ink, fontSize: 11.5, formatter: (v) => PM.format.number(v), hideOverlap: true,
        ...extra.axisLabel,
      },
    };
  }

  const tooltip = {
    confine: true, transitionDuration: 0, padding: [7, 10], borderColor: "#c5ccd5",
    extraCssText: "box-shadow:0 4px 18px rgba(16,21,28,.16)",
  };

  return { of, axis, tooltip };
})();
