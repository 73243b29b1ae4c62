/** Theory's lines over a map: what they are called, how they are drawn and named. */
import * as charts from "./charts.js";
import { theme } from "./theme.js";

const INK = "#10151c";
const CHI = "χ₁ = p σ_w² E φ′(√q z)²";
export const LINES = {
  edge: {
    label: "χ₁ = 1 at layer L (theory)", width: 2.4, dash: null,
    source: CHI + " = 1 at the variance of layer L; Poole et al. 2016, Schoenholz et al. 2017",
  },
  limit: {
    label: "edge of chaos, L → ∞", width: 1.1, dash: null,
    source: CHI + " = 1 at the fixed point q*; Poole et al. 2016, Hayou et al. 2019",
  },
  critical: {
    label: "edge of chaos, χ₁ = 1, L → ∞ (theory)", width: 2.4, dash: null,
    source: CHI + " = 1 at the fixed point q*; Poole et al. 2016, Hayou et al. 2019",
  },
  unstable: {
    label: "unstable edge (χ_q > 1), L → ∞", width: 1.1, dash: [9, 4],
    source: CHI + " = 1 at a q* that repels; Roberts, Yaida and Hanin 2022, chapter 5",
  },
  stable: {
    label: "stable: ‖∂f/∂z₁‖²/‖∂f/∂z_L‖² = 100 or 1/100", width: 2, dash: [11, 4],
    source: "theory at infinite width: |Σ ln χ₁| over the layers = ln 100, where L is about 4.6/|ln χ₁|; Schoenholz et al. 2017",
  },
  trainable: {
    label: "trainable: condition number of the NTK = 100", width: 2.4, dash: [2, 3.5],
    source: "theory at infinite width, over the cell’s inputs: gradient descent at the rate 1/λ_max then needs 100 steps for an e-fold of the slowest mode; Xiao, Pennington and Schoenholz 2020",
  },
  generalising: {
    label: "generalising: L = ξ* ln 100, chaotic phase", width: 2, dash: [11, 3, 2, 3],
    source: "ξ* = 1/(ln χ₁ − ln χ_c*): beyond, the mean prediction hardly depends on the test input. Ordered networks lose trainability instead; Xiao, Pennington and Schoenholz 2020",
  },
  one: { label: "L = ξ", width: 1.3, dash: [5, 3], source: "ξ = 1/|ln χ₁|; Schoenholz et al. 2017" },
  six: {
    label: "L = 6 ξ,  ξ = 1/|ln χ₁| (theory)", width: 1.3, dash: [1.5, 3],
    source: "trainable up to about 6 ξ in Schoenholz et al. 2017; the factor is not universal",
  },
  zero: {
    label: "ln gain = 0 (theory)", width: 1.6, dash: [9, 3, 2, 3],
    source: "the sum of ln χ₁ over the layers is 0",
  },
};
/** Where on its line a boundary's name is written, as a share of the map's height. */
const LEVELS = { stable: 0.22, trainable: 0.45, generalising: 0.66 };
export const BOUNDARIES = Object.keys(LEVELS);
/** Those that one looks at first, and those of deep networks: more than three styles at once are too many. */
export const FIRST = ["stable", "trainable"];
export const DEEP = ["generalising"];

const inks = (scale) => (scale.dark ? ["#ffffff", INK] : [INK, "#ffffff"]);

/** Lines of a kind, each an array of [x, y] in the map's coordinates, with a halo that keeps them apart from the colours below. */
export function series(lines, kind, scale) {
  const style = LINES[kind];
  const [core, halo] = inks(scale);
  return lines.flatMap((data) => [
    charts.still(data, { z: 5, lineStyle: { color: halo, width: style.width + (style.dash ? 1.4 : 2.4), opacity: style.dash ? 0.6 : 0.9 } }),
    charts.still(data, { z: 6, lineStyle: { color: core, width: style.width, type: style.dash || "solid" } }),
  ]);
}

/** The name of each boundary on its line, clear of the other names. linesOf(kind): the lines on the panel x, y. */
export function names({ x, y }, linesOf, scale, taken, kinds = BOUNDARIES) {
  const width = x.max - x.min, height = y.max - y.min;
  const placed = [...taken];
  const clear = ([px, py]) => px > x.min + 0.13 * width && px < x.max - 0.13 * width
    && py > y.min + 0.05 * height && py < y.max - 0.05 * height
    && placed.every(([ox, oy]) => Math.abs(px - ox) > 0.3 * width || Math.abs(py - oy) > 0.08 * height);
  const data = [];
  for (const [kind, level] of Object.entries(LEVELS).filter(([kind]) => kinds.includes(kind))) {
    const off = ([, py]) => Math.abs(py - y.min - level * height);
    const [spot] = linesOf(kind).flat().filter(clear).sort((a, b) => off(a) - off(b));
    if (!spot) continue;
    placed.push(spot);
    data.push({ value: spot, name: kind });
  }
  const [core, halo] = inks(scale);
  return {
    type: "scatter", silent: true, z: 9, symbolSize: 0.01, animation: false, tooltip: { show: false }, data,
    label: {
      show: true, formatter: (hit) => hit.name, position: "inside", fontSize: 12 * theme.text, fontWeight: 600,
      color: core, textBorderColor: halo, textBorderWidth: 4,
    },
  };
}
