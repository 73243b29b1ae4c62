/** What the server is asked. Answers are kept by their ETag, so that nothing comes twice. */
import { byId } from "./dom.js";
import { unpacked } from "../packed.js";

const MOST_KEPT = 60;
const kept = new Map();

/** What the server could not or would not do, in its own words. */
class Refusal extends Error {}

const pause = (seconds) => new Promise((done) => { setTimeout(done, 1000 * seconds); });

async function ask(address, tries = 3) {
  const known = kept.get(address);
  const answer = await fetch(address, { headers: known ? { "If-None-Match": known.tag } : {}, cache: "no-store" });
  if (answer.status === 304) return known.body;
  if ((answer.status === 503 || answer.status === 429) && tries > 1) {
    await pause(Math.min(10, Number(answer.headers.get("Retry-After")) || 1));
    return ask(address, tries - 1);
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(body.error || `The server answered ${answer.status}.`);
  kept.delete(address);
  if (answer.headers.get("ETag")) kept.set(address, { tag: answer.headers.get("ETag"), body });
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  return body;
}

function address(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0);
  const query = new URLSearchParams(given.map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]));
  return "/api/" + path + (given.length ? "?" + query : "");
}

const of = (sweep, what) => "s/" + encodeURIComponent(sweep) + (what ? "/" + what : "");

/** A table's columns as arrays of one length, and that length. */
export function table(answer) {
  if (answer.table) return answer.table;
  const columns = answer.columns ?? answer;
  const size = answer.size ?? answer.shown ?? Math.max(0, ...Object.values(columns)
    .map((column) => (Array.isArray(column) ? column.length : column.at ? column.at.length : 0)));
  const plain = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, unpacked(column, size)]));
  answer.table = { size, columns: plain };
  return answer.table;
}

export const sweeps = () => ask(address("sweeps"));
export const sweep = (id, task) => ask(address(of(id), { task }));

/** ECharts is read and run after the page's modules: what they ask the server for is under way meanwhile. */
const library = new Promise((done, failed) => {
  const script = byId("library");
  if (globalThis.echarts) done();
  script.addEventListener("load", done);
  script.addEventListener("error", () => failed(new Refusal("The server did not send what draws charts.")));
});
library.catch(() => {}); // Who draws is told.

/** An answer, once it can be drawn: ECharts is there, and so are the fonts whose texts it measures. */
async function drawable(asked) {
  const answer = await asked;
  await library;
  await document.fonts.ready;
  return answer;
}

/** A chart of a sweep by its name, map, lines, slice …, with its parameters. */
export const chart = (id, name, parameters) => drawable(ask(address(of(id, name), parameters)));
export const cell = (id, cell) => drawable(ask(address(of(id, "cell/" + encodeURIComponent(cell)))));
export const replicates = (id, cell, parameters) => drawable(ask(address(of(id, "replicates/" + encodeURIComponent(cell)), parameters)));
export const compare = (a, b, parameters) => drawable(ask(address("compare", { a, b, ...parameters })));

/** Where a file of what a chart shows is had. */
export const file = (id, chart, format, parameters) => address(of(id, "export"), { format, chart, ...parameters });
