/** Below every view of a sweep: the conventions of its numbers, and where they are from. */
import { el, fill } from "./dom.js";

const list = (pairs, classes) => el("dl", { class: classes }, ...pairs.flatMap(([term, meaning]) => [el("dt", {}, term), el("dd", { maths: meaning })]));

let drawn = null;

export function draw(host, info) {
  host.hidden = !info;
  if (!info || info === drawn) return;
  drawn = info;
  fill(host, el("section", { "aria-label": "Conventions and provenance" },
    info.errors ? el("p", { class: "note" }, info.errors) : null,
    el("details", { class: "conventions" }, el("summary", {}, "Conventions of every figure and number"), list(info.conventions, "")),
    el("details", { class: "conventions" }, el("summary", {}, "Provenance"), list(info.provenance, "provenance")),
    info.spec ? el("details", { class: "conventions" }, el("summary", {}, "The resolved spec"), el("pre", { tabindex: "0" }, info.spec)) : null));
}
