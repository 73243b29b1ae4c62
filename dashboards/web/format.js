/** Numbers and text for people. */

const minus = (text) => text.replace(/^-/, "−").replace(/e-/, "e−");

/** Four significant digits, no trailing zeros. */
export function number(v, digits = 4) {
  if (v === null || v === undefined || Number.isNaN(v)) return "—";
  if (v === 0) return "0";
  const size = Math.abs(v);
  if (size >= 1e6 || size < 1e-4) return minus(Number(v.toPrecision(digits - 1)).toExponential().replace("+", ""));
  return minus(String(Number(v.toPrecision(digits))));
}

/** Value ± standard error, both to the second significant digit of the error. */
export function withError(v, se) {
  if (v === null) return "—";
  if (!se) return number(v);
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(se)));
  if (decimals > 6) return `${number(v, 3)} ± ${number(se, 2)}`;
  const text = v.toFixed(decimals);
  return (Number(text) === 0 ? text.replace("-", "") : minus(text)) + " ± " + se.toFixed(decimals);
}

/** Value and standard deviation of a single network. */
export const withSpread = (v, sd) => (v === null ? "—" : withError(v, sd).replace(" ± ", " (sd ") + (sd ? ")" : ""));

/** A whole number: 1,350. The browser's own way to write it takes a tenth of a second to begin with. */
export const whole = (n) => minus(String(n).replace(/\B(?=(\d{3})+$)/g, ","));

/** A whole number of things: 1 cell, 1,350 cells. */
export const counted = (n, noun) => `${whole(n)} ${noun}${n === 1 ? "" : "s"}`;

/** A z-score to a tenth; what rounds to 0 has no sign. */
export function z(v) {
  if (v === null) return "—";
  const text = v.toFixed(1);
  return Number(text) === 0 ? "0.0" : (v > 0 ? "+" : "") + minus(text);
}
export const percent = (share) => (100 * share).toFixed(1) + " %";

/** A share of cells: of few how many, since a tenth of a per cent would be less than one. */
export const shareOf = (part, n) => `${n < 200 ? Math.round(part * n) : percent(part)} of ${counted(n, "cell")}`;

export const escape = (text) =>
  String(text).replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";");

/** A sign and what stands below it: σ_w, z_1, λ_max, ξ_∇. */
export const SUBSCRIPT = /([\p{L}₁|‖′)])_(\w(?:ax|in)?|∇)(?![a-z])/gu;

/** HTML in which σ_w and q_L have subscripts. */
export const maths = (text) => escape(text).replace(SUBSCRIPT, "$1<sub>$2</sub>");

/** The same where there can be no HTML, as in menus: z₁, but σw, since Unicode has few letters below the line. */
export const plain = (text) => String(text).replace(SUBSCRIPT,
  (all, base, below) => base + (/\d/.test(below) ? String.fromCharCode(0x2080 + Number(below)) : below));

/** Wilson's 95 % interval for a share of successes. */
export function wilson(successes, trials) {
  const k = 1.96 ** 2, share = successes / trials;
  const centre = (share + k / (2 * trials)) / (1 + k / trials);
  const half = (1.96 / (1 + k / trials)) * Math.sqrt((share * (1 - share)) / trials + k / (4 * trials ** 2));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
