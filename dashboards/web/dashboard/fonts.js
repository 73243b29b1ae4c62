/** The page's typeface, Inter (SIL Open Font License 1.1), as style sheet text for figures that leave the page. */

/** The subsets that the page uses, as their maker cut them: what each has glyphs for. */
const SUBSETS = {
  latin: "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  greek: "U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF",
};
const WEIGHTS = [400, 600];

async function inlined(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return "data:font/woff2;base64," + btoa(text);
}

async function faces() {
  const made = Object.entries(SUBSETS).flatMap(([subset, range]) => WEIGHTS.map(async (weight) => {
    const source = await inlined(`/web/fonts/inter-${subset}-${weight}-normal.woff2`);
    return `@font-face{font-family:Inter;font-weight:${weight};src:url(${source}) format("woff2");unicode-range:${range}}`;
  }));
  return (await Promise.all(made)).join("");
}

let loading = null;

/** @font-face rules with the font's bytes in them; fetched once. */
export const embedded = () => (loading ??= faces());
