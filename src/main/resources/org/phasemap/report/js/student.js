"use strict";
/** Student's t with ν degrees of freedom: what z-scores follow when theory is right. */
PM.student = (() => {
  function lnGamma(x) {
    if (x < 7) return lnGamma(x + 1) - Math.log(x);
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
  }
  const density = (t, nu) =>
    Math.exp(lnGamma((nu + 1) / 2) - lnGamma(nu / 2) - 0.5 * Math.log(nu * Math.PI)
      - ((nu + 1) / 2) * Math.log1p((t * t) / nu));

  /** P(|T| ≤ x), by Simpson's rule. */
  function within(x, nu) {
    const n = 400, h = x / n;
    let sum = density(0, nu) + density(x, nu);
    for (let i = 1; i < n; i++) sum += (i % 2 ? 4 : 2) * density(i * h, nu);
    return (2 * sum * h) / 3;
  }
  return { density, within };
})();
