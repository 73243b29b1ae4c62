"use strict";
/** What training did: accuracy against depth in units of theory's scale, and loss curves. */
PM.training = (() => {
  const { at, training, propagation, activations, x } = PM.data;
  const { number, escape } = PM.format;
  const collapse = document.getElementById("collapse"), losses = document.getElementById("losses");
  const COLOUR = { trained: "#1a9850", stalled: "#5a6675", diverged: "#c77700" };
  const DASH = { trained: "solid", stalled: [6, 4], diverged: [2, 3] };

  const key = (i) => ["activation", "depth", x, "keep_probability", "sigma_b2", "init"].map((name) => at(name, i)).join("|");
  const untrained = new Map(propagation.map((i) => [key(i), i]));

  /** L ln χ₁ of a trained cell, from itself or from the propagation cell of the same network. */
  function scaledDepth(i) {
    const chi = at("theory_chi1", i) ?? (untrained.has(key(i)) ? at("theory_chi1", untrained.get(key(i))) : null);
    return chi > 0 ? at("depth", i) * Math.log(chi) : null;
  }

  function drawCollapse() {
    const points = training.map((i) => ({ i, scaled: scaledDepth(i), accuracy: at("train_accuracy_mean", i) }))
      .filter((p) => p.scaled !== null && p.accuracy !== null);
    const clamp = (v) => Math.min(12, Math.max(-12, v));
    const vertical = (v, type) => ({ xAxis: v, lineStyle: { color: "#10151c", width: v === 0 ? 1.6 : 1, type } });
    PM.charts.of(collapse).setOption({
      animation: false,
      grid: { left: 56, right: 14, top: 34, bottom: 44 },
      legend: { top: 2, left: 50, itemWidth: 10, itemHeight: 10, data: activations.map((name) => ({ name })) },
      xAxis: PM.charts.axis("L ln χ₁  (ordered < 0 < chaotic;  ±1 is L = ξ)", {
        min: -12, max: 12, interval: 2, nameGap: 27, splitLine: { show: false },
        axisLabel: { formatter: (v) => (v === 12 ? "≥ 12" : v === -12 ? "≤ −12" : number(v)) },
      }),
      yAxis: PM.charts.axis("training accuracy", { min: 0, max: 1, nameGap: 38 }),
      tooltip: { ...PM.charts.tooltip, trigger: "item", formatter: (hit) => PM.tooltip.training(hit.data.cell) },
      series: activations.map((name, k) => ({
        type: "scatter", name, symbolSize: 9, symbol: PM.colour.shapeOfActivation(name), animation: false,
        itemStyle: { color: PM.colour.ofActivation(name), opacity: 0.75, borderColor: "#fff", borderWidth: 0.6 },
        data: points.filter((p) => at("activation", p.i) === name).map((p) => ({ value: [clamp(p.scaled), p.accuracy], cell: p.i })),
        ...(k === 0 ? { markLine: {
          silent: true, symbol: "none", label: { show: false }, animation: false,
          data: [vertical(0, "solid"), ...[-1, 1].map((v) => vertical(v, [5, 3])), ...[-6, 6].map((v) => vertical(v, [1.5, 3]))],
        } } : {}),
      })),
    }, { notMerge: true });
  }

  function drawLosses(i) {
    const curves = PM.data.curves(i);
    const positive = curves.flatMap((curve) => curve.loss).filter((v) => v !== null && v > 0);
    const wide = positive.length > 0 && Math.max(...positive) > 20 * Math.min(...positive);
    PM.charts.of(losses).setOption({
      animation: false,
      grid: { left: 62, right: 14, top: 34, bottom: 44 },
      legend: { show: false },
      xAxis: PM.charts.axis("step", { nameGap: 27, min: 0, splitLine: { show: false } }),
      yAxis: PM.charts.axis("cross-entropy, minibatch", {
        nameGap: 44,
        ...(wide ? { type: "log", min: 10 ** Math.floor(Math.log10(Math.min(...positive))) } : { min: 0 }),
      }),
      tooltip: {
        ...PM.charts.tooltip, trigger: "axis",
        formatter: (hits) => `<div class="tip"><b>step ${hits[0].value[0]}</b><table>`
          + hits.map((hit) => `<tr><td>${escape(hit.seriesName)}</td><td>${number(hit.value[1])}</td></tr>`).join("") + "</table></div>",
      },
      series: curves.map((curve) => ({
        type: "line", name: `network ${curve.r}, ${curve.category}`, showSymbol: false, animation: false,
        data: curve.step.map((step, k) => [step, curve.loss[k] > 0 ? curve.loss[k] : null]),
        lineStyle: { color: COLOUR[curve.category] || "#333", type: DASH[curve.category] || "solid", width: 2 },
        itemStyle: { color: COLOUR[curve.category] || "#333" },
      })),
    }, { notMerge: true });
    const kinds = [...new Set(curves.map((curve) => curve.category))].map((kind) =>
      `<b style="color:${COLOUR[kind]}">${curves.filter((c) => c.category === kind).length} ${escape(kind)}</b>`);
    document.querySelector("#losses").previousElementSibling.querySelector(".where").innerHTML =
      PM.format.maths(PM.tooltip.name(i)) + " · " + kinds.join(", ");
  }

  /** The trained cell at a propagation cell's place, if there is one. */
  const beside = (i) => training.find((t) => key(t) === key(i)) ?? null;

  function draw(i) {
    if (!training.length) return;
    document.getElementById("training").hidden = false;
    const first = training[0];
    document.getElementById("training-note").textContent =
      `${training.length} cells of width ${PM.data.distinct("width", training).join(", ")} on ${at("input", first)}: ${at("steps", first)} steps of SGD, batch ${at("batch_size", first)}, rate ${number(at("learning_rate", first))}. Click a mark for its loss curves.`;
    drawCollapse();
    drawLosses(i);
  }

  for (const [element, title] of [[collapse, "Trainability against depth in units of ξ"], [losses, "Loss curves"]]) {
    const caption = document.createElement("figcaption");
    caption.innerHTML = `<h3>${title}</h3><span class="where"></span>`;
    caption.append(PM.saving.button(() => PM.charts.of(element), element.id));
    element.before(caption);
  }
  PM.charts.of(collapse).on("click", (hit) => {
    if (hit.data && hit.data.cell !== undefined) PM.open(hit.data.cell);
  });

  return { draw, drawLosses, beside };
})();
