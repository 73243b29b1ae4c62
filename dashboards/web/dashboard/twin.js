/** The table that says what a chart shows: for those who hear the page, and those who want the numbers. */
import { el, fill } from "./dom.js";
import { number, whole } from "../format.js";

/** A page does not draw longer tables: the files have all rows. */
const MOST_ROWS = 400;

const text = (v) => (typeof v === "number" ? number(v, 5) : v === null || v === undefined ? "—" : String(v));

/** A table of numbers. columns: [heading, value(row)] each. */
export function table(columns, rows, caption) {
  return el("table", { class: "numbers" },
    caption ? el("caption", {}, caption) : null,
    el("thead", {}, el("tr", {}, ...columns.map(([heading]) => el("th", { scope: "col", maths: heading })))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, ...columns.map(([, value], k) =>
      (k === 0 ? el("th", { scope: "row", maths: text(value(row)) }) : el("td", { maths: text(value(row)) })))))));
}

/** A box that scrolls, by the keyboard too. */
export const scroller = (label) => el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label });

/** A table that is made when someone opens it; set({columns, rows, caption}) says what it has. */
export function twin() {
  let content = null;
  const host = scroller("Table of what the figure shows");
  const made = el("details", { class: "twin" }, el("summary", {}, "Show as a table"), host);
  const draw = () => {
    if (!made.open || !content) return;
    const { columns, rows, caption } = content;
    const more = rows.length > MOST_ROWS ? `The first ${MOST_ROWS} of ${whole(rows.length)} rows; the files have all. ` : "";
    fill(host, table(columns, rows.slice(0, MOST_ROWS), more + caption));
  };
  made.addEventListener("toggle", draw);
  return { node: made, set: (next) => { content = next; draw(); } };
}
