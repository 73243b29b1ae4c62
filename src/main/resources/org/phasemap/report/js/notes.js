"use strict";
/** Title, conventions, provenance and spec: the text around the figures. */
(() => {
  const { raw } = PM.data;
  const text = (id, value) => { document.getElementById(id).textContent = value; };
  const list = (id, pairs) => {
    const host = document.getElementById(id);
    for (const [term, meaning] of pairs) {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = term;
      dd.innerHTML = PM.format.maths(meaning);
      host.append(dt, dd);
    }
  };
  text("sweep", raw.sweep);
  text("caption", raw.caption);
  list("conventions", raw.conventions);
  list("provenance", [...raw.provenance, ["drawn by", `jobs/phasemap report results/${raw.sweep}`]]);
  text("spec", raw.spec);
  document.getElementById("spec-box").hidden = !raw.spec;
})();
