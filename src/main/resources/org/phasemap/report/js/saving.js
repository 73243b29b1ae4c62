"use strict";
/** Figures as vector files and cells as CSV, made from what the page holds. */
PM.saving = (() => {
  function offer(text, type, name) {
    const link = document.createElement("a");
    link.href = "data:" + type + ";charset=utf-8," + encodeURIComponent(text);
    link.download = name;
    link.click();
  }

  const file = (part, ending) =>
    [PM.data.raw.sweep, part].join("-").replace(/[^\w.-]+/g, "_") + "." + ending;

  /** A button that saves a chart, with the sweep's provenance in the file. */
  function button(chartOf, name) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "save";
    made.textContent = "SVG";
    made.title = "Save this figure as a vector file";
    made.addEventListener("click", () => {
      const provenance = PM.data.raw.provenance.map((pair) => pair.join(": ")).join("\n");
      const metadata = `<metadata>${PM.format.escape(PM.data.raw.sweep + "\n" + provenance)}</metadata>`;
      const svg = chartOf().renderToSVGString().replace(/(<svg[^>]*>)/, "$1" + metadata);
      offer(svg, "image/svg+xml", file(name + "-" + PM.state.quantity, "svg"));
    });
    return made;
  }

  function csv() {
    const { columns, size } = PM.data;
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
    offer(csv(), "text/csv", file("cells", "csv"));
  });

  return { button, csv };
})();
