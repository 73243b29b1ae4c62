/** Other ways to look: slices, parallel coordinates, data collapse, two sweeps side by side. */
import * as collapse from "./collapsepart.js";
import * as compare from "./comparepart.js";
import { el, fill, segmented } from "./dom.js";
import { forget } from "./figure.js";
import * as parallel from "./parallelpart.js";
import * as slices from "./slicespart.js";
import { go, state } from "./state.js";

export const title = "Explore";
const PARTS = { slices, parallel, collapse, compare };
let host = null, tabs = null, mounted = null;

const part = () => (state.part in PARTS ? state.part : "slices");

export function mount(main) {
  host = el("div");
  tabs = el("form", { class: "controls parts", on: { submit: (event) => event.preventDefault() } });
  mounted = null;
  fill(main, el("section", { "aria-labelledby": "view-title" },
    el("div", { class: "section-head" }, el("h2", { id: "view-title" }, title)), tabs, host));
}

export const leave = () => { PARTS[mounted]?.leave(); mounted = null; };

export async function draw(context) {
  if (mounted !== part()) {
    PARTS[mounted]?.leave();
    forget();
    mounted = part();
    fill(tabs, segmented("part", "Show", Object.entries(PARTS).map(([name, { title: text }]) => [name, text]), mounted, (chosen) => go({ part: chosen })));
    PARTS[mounted].mount(host);
  }
  await PARTS[mounted].draw(context);
}
