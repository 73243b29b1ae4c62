/** Title, conventions, provenance and spec: the text around the figures. */
import { sweep } from "./data.js";
import { maths } from "./format.js";
import { chart } from "./source.js";

const conventions = await chart("conventions");
const provenance = await chart("provenance");
const spec = await chart("spec");
const caption = await chart("caption");

const text = (id, value) => { document.getElementById(id).textContent = value; };
const list = (id, pairs) => {
  const host = document.getElementById(id);
  for (const [term, meaning] of pairs) {
    const dt = document.createElement("dt"), dd = document.createElement("dd");
    dt.textContent = term;
    dd.innerHTML = maths(meaning);
    host.append(dt, dd);
  }
};

export function draw() {
  text("sweep", sweep);
  text("caption", caption);
  list("conventions", conventions);
  list("provenance", [...provenance, ["drawn by", `jobs/phasemap report results/${sweep}`]]);
  text("spec", spec);
  document.getElementById("spec-box").hidden = !spec;
}
