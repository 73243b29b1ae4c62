/** The page: which view is on, of which sweep, in which colours; and what changes by itself. */
import * as agreementView from "./agreementview.js";
import * as api from "./api.js";
import * as cellView from "./cellview.js";
import { byId, el, fill, menu, segmented } from "./dom.js";
import * as exploreView from "./exploreview.js";
import * as figures from "./figure.js";
import * as filters from "./filters.js";
import * as mapView from "./mapview.js";
import * as provenance from "./provenance.js";
import { FRESH, go, link, settle, state, whenChanged } from "./state.js";
import * as sweepsView from "./sweepsview.js";
import * as theming from "./theming.js";
import { whole } from "../format.js";

const VIEWS = { sweeps: sweepsView, map: mapView, cell: cellView, agreement: agreementView, explore: exploreView };
/** How often a page looks for news, in seconds: while a sweep runs or is being looked at, and else. */
const SOON = 2, LATER = 20;

let mounted = null, turn = 0, sweeps = [];

const active = () => (state.view in VIEWS && (state.view === "sweeps" || sweeps.some(({ id }) => id === state.s)) ? state.view : "sweeps");

function complain(message) {
  byId("complaint").hidden = !message;
  byId("complaint").textContent = message;
}

function navigation(view) {
  const links = Object.entries(VIEWS).map(([name, { title }]) => {
    const target = { view: name, s: state.s || sweeps.find(sweepsView.opens)?.id || "" };
    return el("a", { href: link(target), "aria-current": name === view ? "page" : null, on: { click: (event) => {
      event.preventDefault();
      go(target);
    } } }, title);
  });
  if (byId("views").querySelector("[aria-current]")?.textContent !== VIEWS[view].title || byId("views").children.length === 0) {
    const focused = byId("views").contains(document.activeElement) ? document.activeElement.textContent : null;
    fill(byId("views"), ...links);
    if (focused) [...byId("views").children].find((a) => a.textContent === focused)?.focus();
  } else {
    [...byId("views").children].forEach((a, k) => { a.href = links[k].href; });
  }
}

/** Name, sweep's menu and task above every view of a sweep. */
function heading(info) {
  byId("heading").hidden = !info;
  if (!info) return;
  byId("sweep").textContent = info.name;
  const running = sweeps.find(({ id }) => id === state.s)?.progress;
  const progress = running ? [el("span", { class: "running" }, ` running: ${whole(running.done)} of ${whole(running.total)} networks`)] : [];
  fill(byId("caption"), info.caption, ...progress);
}

const tools = el("span");
function drawTools(info) {
  if (tools.contains(document.activeElement)) return;
  const usable = sweeps.filter(sweepsView.opens);
  fill(tools,
    info ? menu("Sweep", usable.map(({ id, name }) => [id, name]), state.s, (s) => go({ ...FRESH, s }), { name: "sweep" }) : null,
    info && info.tasks?.length > 1 ? segmented("task", "Networks", [["propagation", "at initialisation"], ["training", "trained"]], state.task,
      (task) => go({ ...FRESH, task })) : null);
}

function place(view) {
  if (mounted === view) return;
  VIEWS[mounted]?.leave();
  figures.forget();
  mounted = view;
  VIEWS[view].mount(byId("content"));
  document.title = VIEWS[view].title + " · PhaseMap";
  window.scrollTo(0, 0);
}

async function show() {
  const own = ++turn, wasLeft = () => own !== turn;
  document.documentElement.dataset.busy = "true";
  try {
    const ask = () => api.sweep(state.s, state.task === "propagation" ? null : state.task);
    const early = state.view !== "sweeps" && state.s ? ask().catch(() => null) : null;
    sweeps = await api.sweeps();
    if (wasLeft()) return;
    const view = active();
    const info = view === "sweeps" ? null : (await early) ?? await ask();
    if (wasLeft()) return;
    if (info?.task && info.task !== state.task) settle({ task: info.task });
    navigation(view);
    drawTools(info);
    heading(info);
    filters.draw(byId("filters"), info);
    provenance.draw(byId("footer"), info);
    place(view);
    await VIEWS[view].draw({ info, sweeps, wasLeft });
    if (wasLeft()) return;
    complain(state.s && view !== state.view ? "There is no sweep of that name here." : "");
    document.documentElement.dataset.ready = view;
  } catch (problem) {
    if (wasLeft()) return;
    complain(problem.message);
    document.documentElement.dataset.ready = "complaint";
  } finally {
    if (!wasLeft()) document.documentElement.dataset.busy = "false";
  }
}

/** Looks for news for as long as the page is seen; every answer that has not changed is a 304. */
async function watch() {
  const soon = sweeps.some(({ state: how }) => how === "running" || how === "looking");
  await new Promise((done) => { setTimeout(done, 1000 * (soon ? SOON : LATER)); });
  if (!document.hidden && document.documentElement.dataset.busy !== "true") await show();
  watch();
}

fill(byId("tools"), tools, theming.control(figures.redraw));
filters.closeAside(byId("filters"));
whenChanged(show);
await show();
watch();
