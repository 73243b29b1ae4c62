"use strict";
/** The layers of one cell: replicates' mean and spread beside the prediction. */
PM.profile = (() => {
  const { at } = PM.data;
  const { withError, number, z, maths, escape } = PM.format;
  const MEASURED = "#0b5394", THEORY = "#d55e00";
  const CHARTS = [
    { field: "q", title: "Variance", axis: "ln q_l" },
    { field: "c", title: "Correlation", axis: "c_l" },
    { field: "g", title: "Gradient gain", axis: "ln ‖δ_l‖²/‖δ_L‖²" },
  ];
  const host = document.getElementById("profiles");

  for (const chart of CHARTS) {
    const figure = document.createElement("figure");
    figure.innerHTML = `<figcaption><h3>${chart.title}</h3></figcaption><div class="chart" data-profile="${chart.field}"></div>`;
    host.append(figure);
    const element = figure.querySelector(".chart");
    figure.querySelector("figcaption").append(
      PM.saving.button(() => PM.charts.of(element), "profile-" + chart.field));
    chart.element = element;
  }

  function band(profile, field) {
    const points = profile.l
      .map((l, k) => [l, profile[field][k], profile[field + "_sd"][k]])
      .filter(([, mean, sd]) => mean !== null && sd !== null);
    const outlineOf = (api) => [
      ...points.map(([l, mean, sd]) => api.coord([l, mean + sd])),
      ...points.slice().reverse().map(([l, mean, sd]) => api.coord([l, mean - sd])),
    ];
    return {
      type: "custom", silent: true, z: 1, clip: true, animation: false, tooltip: { show: false },
      data: points.length ? [0] : [], encode: { x: -1, y: -1 },
      renderItem: (params, api) => ({
        type: "polygon", shape: { points: outlineOf(api) }, style: { fill: MEASURED, opacity: 0.18 },
      }),
    };
  }

  function option(profile, { field, axis }) {
    const pairs = (name) => profile.l.map((l, k) => [l, profile[name][k]]);
    const few = profile.l.length <= 16;
    const finite = [...profile[field], ...profile["theory_" + field]].filter((v) => v !== null);
    const flat = Math.max(...finite) - Math.min(...finite) < 0.02;
    return {
      animation: false,
      grid: { left: 58, right: 12, top: 12, bottom: 40 },
      xAxis: PM.charts.axis("layer l", {
        min: profile.l[0], max: profile.l[profile.l.length - 1], nameGap: 24, minInterval: 1,
      }),
      yAxis: PM.charts.axis(axis, {
        nameGap: 42,
        ...(flat && finite.length ? { min: Math.min(...finite) - 0.05, max: Math.max(...finite) + 0.05 } : {}),
      }),
      tooltip: {
        ...PM.charts.tooltip, trigger: "axis",
        formatter: (hits) => {
          const k = profile.l.indexOf(hits[0].value[0]);
          return `<div class="tip"><b>layer ${profile.l[k]}</b><table>`
            + `<tr><td>measured</td><td>${number(profile[field][k])} (sd ${number(profile[field + "_sd"][k], 2)})</td></tr>`
            + `<tr><td>theory</td><td>${number(profile["theory_" + field][k])}</td></tr></table></div>`;
        },
      },
      series: [
        band(profile, field),
        {
          type: "line", name: "measured", z: 3, data: pairs(field), animation: false,
          showSymbol: few, symbolSize: 5, lineStyle: { color: MEASURED, width: 2 }, itemStyle: { color: MEASURED },
        },
        {
          type: "line", name: "theory", z: 4, data: pairs("theory_" + field), animation: false,
          showSymbol: false, lineStyle: { color: THEORY, width: 1.8, type: [6, 4] }, itemStyle: { color: THEORY },
        },
      ],
    };
  }

  function table(i) {
    const rows = PM.quantities.list.map((quantity) => {
      const zValue = quantity.hasZ ? at("z_" + quantity.id, i) : null;
      return `<tr${quantity.id === PM.state.quantity ? ' class="chosen"' : ""}><th scope="row">${maths(quantity.label)}</th>`
        + `<td>${withError(at(quantity.id + "_mean", i), at(quantity.id + "_se", i))}</td>`
        + `<td>${quantity.hasTheory ? number(at("theory_" + quantity.id, i)) : ""}</td>`
        + `<td${Math.abs(zValue) > 4 ? ' class="far"' : ""}>${quantity.hasZ ? z(zValue) : ""}</td></tr>`;
    });
    document.getElementById("cell-table").innerHTML =
      '<thead><tr><th scope="col">at layer L</th><th scope="col">measured</th><th scope="col">theory</th><th scope="col">z</th></tr></thead>'
      + `<tbody>${rows.join("")}</tbody>`;
  }

  function draw(i) {
    const profile = i === null ? null : PM.data.profile(i);
    const note = document.getElementById("cell-note");
    document.getElementById("cell").hidden = i === null;
    if (i === null) return;
    note.innerHTML = `<b>${maths(PM.tooltip.name(i))}</b> · ${maths(PM.tooltip.phase(i))} · `
      + `${at("finite", i)} of ${at("replicates", i)} replicates finite · cell <code>${escape(at("cell_id", i))}</code><br>`
      + `<span style="color:${MEASURED}">▬ measured, mean; band ± 1 sd over replicates</span> &ensp; <span style="color:${THEORY}">╌╌ theory</span>`;
    table(i);
    host.hidden = profile === null;
    if (profile === null) return;
    for (const chart of CHARTS) {
      PM.charts.of(chart.element).setOption(option(profile, chart), { notMerge: true });
    }
  }

  return { draw };
})();
