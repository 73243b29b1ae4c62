/** The report's colour bar and key: one for all maps. */
import * as data from "./data.js";
import * as legend from "./legend.js";
import { DEEP, FIRST } from "./lines.js";
import * as overlays from "./overlays.js";
import * as quantities from "./quantities.js";
import { state } from "./state.js";
import * as tooltip from "./tooltip.js";

const titleOf = (state) => {
  const { label } = quantities.byId.get(state.quantity);
  return (state.view === "z" ? "z = (measured − expected at this width) / its standard error, " : "") + label
    + (state.view === "theory" ? ", theory at infinite width" : "");
};

/** Title and colour bar for a figure that leaves the page. */
export const bar = (scale, before) => legend.titled(scale, before + titleOf(state));

/** Only what is somewhere on the maps. */
export function draw(state, scale, panels) {
  const cells = panels.flatMap((panel) => panel.cells), trained = panels.flatMap((panel) => panel.trained);
  const ends = state.quantity === "ln_gradient_gain" && state.view !== "z"
    ? "<span>◂ vanishing · exploding ▸</span>" : "";
  const keys = [];
  const show = state.overlays;
  const kinds = [
    ...(show.boundaries ? FIRST : []),
    ...(show.edge ? ["edge"] : []),
    ...(show.deep ? [...DEEP, "limit", "unstable"] : []),
    ...(show.scales ? ["one", "six"] : []),
    ...(show.zero ? ["zero"] : []),
  ];
  keys.push(...kinds
    .filter((kind) => panels.some((panel) => panel.cells.length && overlays.lines(panel, kind).length))
    .map(legend.line));
  if (show.zero) keys.push(legend.key(legend.svg('<path d="M4 7H22" stroke="#10151c" stroke-width="1.8"/><circle cx="13" cy="7" r="3.2" fill="#10151c"/>'), "ln gain = 0 (measured, ± 2 se)"));
  if (show.training && trained.length) keys.push(...Object.entries(overlays.OUTCOMES).map(([outcome, look]) => legend.mark(outcome, look)));
  const categories = new Set(cells.map(tooltip.category).filter(Boolean));
  keys.push(...[...categories].map((name) => legend.category(name)));
  if (show.phases) {
    const phases = new Set(cells.map((i) => data.at("phase", i)));
    if (phases.has("unstable_eoc")) keys.push(legend.phase("unstable_eoc", "unstable edge (χ_q > 1)"));
    if (phases.has("no_fixed_point")) keys.push(legend.phase("no_fixed_point", "no fixed point"));
  }
  document.getElementById("legend").innerHTML =
    legend.shown(scale, titleOf(state), ends)
    + `<div class="keys-list">${keys.join("")}</div>`;
}
