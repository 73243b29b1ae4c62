/** The colour bar of maps and the key to what is drawn on them. */
import * as mapOption from "./mapoption.js";
import * as legend from "../legend.js";

const BAND = `<path d="M2 7H32" stroke="${mapOption.MEASURED}" stroke-width="7" stroke-opacity=".28"/>`;
const LINE = `<path d="M2 7H32" stroke="${mapOption.MEASURED}" stroke-width="2"/>`;
const BOX = '<rect x=".5" y=".5" width="17" height="13" fill="#c9dde7" stroke="#8b95a3" stroke-width=".6"/>';
const CORNERS = {
  partly_finite: ["some networks exploded or vanished", '<path d="M.5 .5H8.5L.5 8.5Z" fill="#2a2522"/>'],
  undecided: ["undecided: error bar wider than asked for", '<path d="M17.5 13.5H9.5L17.5 5.5Z" fill="#ffffff" stroke="#2a2522" stroke-width=".8"/>'],
};

/** Why cells have nothing to show, where that is not what became of their networks. */
const VALUELESS = { theory: "theory has no value", difference: "theory has no value to compare with", z: "no z: theory has no band here" };

/** The entries of the key. as: how the quantity is shown; lines: answers of the server, one a panel. */
function entries(as, table, lines, hide) {
  const look = mapOption.look(table), categories = new Set(), states = new Set(table.columns.state);
  for (let k = 0; k < table.size; k++) categories.add(look(k).category);
  const kinds = new Set(lines.flatMap((answer) => mapOption.kindsOf(answer, hide)));
  const scales = new Set(lines.flatMap((answer) => mapOption.scalesOf(answer, hide).map(({ k }) => (k === 1 ? "one" : "six"))));
  const all = hide.includes("measured") ? [] : lines.flatMap((answer) => answer?.measured ?? []);
  const banded = new Set(all.filter(({ lower }) => lower.length).map(({ label }) => label));
  const measured = new Map(all.map(({ label }) => (banded.has(label) ? [label + ", with its 95 % band", BAND + LINE] : [label, LINE])));
  return [
    // The server's edge is that of the fixed point, not of a layer.
    ...[...kinds, ...scales].map((kind) => legend.lineEntry(kind === "edge" ? "critical" : kind)),
    ...[...measured].map(([label, picture]) => ({ picture, width: 34, label })),
    ...Object.entries(CORNERS).filter(([state]) => states.has(state)).map(([, [label, picture]]) => ({ picture: BOX + picture, width: 18, label })),
    ...[...categories].filter(Boolean).map((name) => legend.categoryEntry(name, name === "no value" ? VALUELESS[as] ?? name : name)),
  ];
}

/** The colour bar and the key as HTML. */
export const html = (title, scale, ...what) =>
  legend.shown(scale, title, "") + `<div class="keys-list">${entries(...what).map(legend.entry).join("")}</div>`;

/** The key in rows of a width, for files. */
export const flow = (width, ...what) => legend.flow(entries(...what), width);
