/**
 * Colour scales. Diverging: F. Crameri's vik; sequential: cividis. Both are safe for the
 * colour-blind; cividis also rises evenly in greyscale.
 */

const VIK = [
  [0, "#001261"], [1 / 9, "#033e7d"], [2 / 9, "#1e6f9d"], [3 / 9, "#71a8c4"], [4 / 9, "#c9dde7"],
  [0.5, "#f1ebe7"],
  [5 / 9, "#eacebd"], [6 / 9, "#d39774"], [7 / 9, "#be6533"], [8 / 9, "#8b2706"], [1, "#590008"],
];
const CIVIDIS = ["#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74",
  "#c3b369", "#e1cc55", "#fee838"].map((hex, i) => [i / 9, hex]);

/** Okabe and Ito's, for categories. */
const CATEGORIES = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];
/** As many as can be told apart at six pixels; their number has no factor in common with that of the colours. */
const CATEGORY_SHAPES = ["circle", "triangle", "rect", "diamond", "path://M0 0H10L5 9Z",
  "path://M3.4 0H6.6V3.4H10V6.6H6.6V10H3.4V6.6H0V3.4H3.4Z", "path://M0 0H10L0 10H10Z", "path://M5 0L10 3.8L8.1 10H1.9L0 3.8Z"];

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
function ramp(hexes) {
  const stops = hexes.map(([t, hex]) => [t, rgb(hex)]);
  return (t) => {
    const u = Math.min(1, Math.max(0, t));
    let k = 1;
    while (k < stops.length - 1 && u > stops[k][0]) k++;
    const [t0, from] = stops[k - 1], [t1, to] = stops[k];
    const w = (u - t0) / (t1 - t0);
    return "rgb(" + from.map((v, i) => Math.round(v + w * (to[i] - v))).join(",") + ")";
  };
}
const diverging = ramp(VIK), sequential = ramp(CIVIDIS);

/** The largest distance from 0; values may be more than a call can take as arguments. */
const reach = (values, least) => values.reduce((most, v) => Math.max(most, Math.abs(v)), least);

function niceAbove(v) {
  const power = 10 ** Math.floor(Math.log10(v));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((m) => m * power).find((m) => m >= v * 0.9999);
}
export function evenTicks(lo, hi) {
  const step = [1, 2, 2.5, 5, 10].map((m) => m * 10 ** Math.floor(Math.log10((hi - lo) / 4)))
    .find((s) => (hi - lo) / s <= 6);
  const ticks = [];
  for (let k = Math.ceil(lo / step - 1e-9); k * step <= hi + 1e-9 * step; k++) ticks.push(k * step);
  return ticks;
}

/** The end of a symmetric scale. A value that stands alone is not at it: no other is less. */
function end(values, least) {
  const far = reach(values, least);
  const alone = values.every((v) => v === values[0]);
  return niceAbove(alone ? Math.max(2 * far, Math.sinh(4 / 3 * Math.asinh(far))) : far);
}

/** Symmetric about 0; linear up to ±1 and logarithmic beyond where the range is wide. */
function gain(values) {
  const hi = end(values, 0.1);
  const wide = hi > 5;
  const squeeze = wide ? Math.asinh : (v) => v;
  const decades = [1, 3, 10, 30, 100, 300, 1000].filter((v) => v <= hi);
  const ticks = wide ? [...decades.map((v) => -v).reverse(), 0, ...decades] : evenTicks(-hi, hi);
  return { lo: -hi, hi, ticks, ramp: diverging, unit: (v) => 0.5 + 0.5 * squeeze(v) / squeeze(hi) };
}
function linear(lo, hi, ramp) {
  return { lo, hi, ticks: evenTicks(lo, hi), ramp, dark: ramp === sequential, unit: (v) => (v - lo) / (hi - lo) };
}

/**
 * From the 1 % to the 99 % quantile, and no further from the middle half of the values than ten times its width: a few
 * odd cells do not take all the colours, such as the losses of networks that diverged.
 */
function robust(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const fence = 10 * (quantile(0.75) - quantile(0.25)) || Infinity;
  const within = sorted.filter((v) => v >= quantile(0.25) - fence && v <= quantile(0.75) + fence);
  let lo = Math.max(quantile(0.01), within[0]), hi = Math.min(quantile(0.99), within[within.length - 1]);
  if (!(hi > lo)) [lo, hi] = [lo - 0.5, lo + 0.5];
  const grain = 10 ** (Math.floor(Math.log10(hi - lo)) - 1);
  lo = Math.floor(lo / grain) * grain;
  hi = Math.ceil(hi / grain) * grain;
  const made = linear(lo, hi, sequential);
  made.clamps = { low: sorted[0] < lo, high: sorted[sorted.length - 1] > hi };
  const gap = 0.07 * (hi - lo);
  made.ticks = made.ticks.filter((v) => (!made.clamps.low || v > lo + gap) && (!made.clamps.high || v < hi - gap));
  if (made.clamps.low) made.ticks.unshift(lo);
  if (made.clamps.high) made.ticks.push(hi);
  return made;
}

/** A scale for a kind of quantity: lo, hi, ticks, unit(v) in [0, 1], css(v), whether mostly dark. */
export function scale(kind, values) {
  let made;
  if (kind === "z") made = linear(-4, 4, diverging);
  else if (!values.length) made = linear(0, 1, sequential);
  else if (kind === "gain") made = gain(values);
  else if (kind === "centred") {
    const hi = end(values, 1e-6);
    made = linear(-hi, hi, diverging);
  } else if (kind === "share") {
    made = values.some((v) => v < -0.05) ? linear(-1, 1, diverging) : linear(0, 1, sequential);
  } else {
    made = robust(values);
  }
  if (kind === "z") made.clamps = { low: true, high: true };
  made.clamps = made.clamps || { low: false, high: false };
  made.css = (v) => made.ramp(made.unit(v));
  return made;
}

/** A hue for each of a few things; black is white in the dark. */
export function category(k, dark = false) {
  const hue = CATEGORIES[k % CATEGORIES.length];
  return dark && hue === "#000000" ? "#ffffff" : hue;
}
export const shape = (k) => CATEGORY_SHAPES[k % CATEGORY_SHAPES.length];
export const CATEGORY_COUNT = CATEGORIES.length;

/** A step of the sequential ramp for one of many curves; its ends are left out, which paper, or the dark, would swallow. */
export const step = (share, dark) => sequential(dark ? 0.25 + 0.75 * share : 0.85 * share);

/** Colours of curves or groups: hues; of more numbers than there are hues, steps of the ramp in their order. */
export const hues = (values, dark) => (values.length > CATEGORIES.length && values.every((v) => typeof v === "number")
  ? (k) => step(k / (values.length - 1), dark) : (k) => category(k, dark));
