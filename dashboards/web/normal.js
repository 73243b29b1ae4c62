/** The standard normal law: what z-scores follow, nearly, when theory is right. */

export const density = (t) => Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);

/** P(|Z| ≤ x), by Simpson's rule. */
export function within(x) {
  const n = 400, h = x / n;
  let sum = density(0) + density(x);
  for (let i = 1; i < n; i++) sum += (i % 2 ? 4 : 2) * density(i * h);
  return (2 * sum * h) / 3;
}
