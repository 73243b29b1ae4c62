/**
 * Level lines of a field on a rectilinear grid by marching squares with linear interpolation.
 * Squares with a missing corner are left out.
 */
export function contours(xs, ys, field, level) {
  const segments = [];
  const crossing = (x0, y0, f0, x1, y1, f1) => {
    const t = (level - f0) / (f1 - f0);
    return [x0 + t * (x1 - x0), y0 + t * (y1 - y0)];
  };
  for (let i = 0; i + 1 < xs.length; i++) {
    for (let j = 0; j + 1 < ys.length; j++) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]]
        .map(([a, b]) => [xs[a], ys[b], field(a, b)]);
      if (corners.some((c) => c[2] === null || !Number.isFinite(c[2]))) continue;
      const points = [];
      for (let k = 0; k < 4; k++) {
        const [x0, y0, f0] = corners[k], [x1, y1, f1] = corners[(k + 1) % 4];
        if ((f0 >= level) !== (f1 >= level)) points.push(crossing(x0, y0, f0, x1, y1, f1));
      }
      if (points.length === 2) segments.push(points);
      if (points.length === 4) segments.push([points[0], points[1]], [points[2], points[3]]);
    }
  }
  return chained(segments);

  function chained(pieces) {
    const key = ([x, y]) => x.toPrecision(10) + "," + y.toPrecision(10);
    const ends = new Map();
    const lines = new Set();
    const put = (point, line) => ends.set(key(point), line);
    for (const [a, b] of pieces) {
      if (key(a) === key(b)) continue;
      let line = [a, b];
      for (const start of [true, false]) {
        const tip = start ? line[0] : line[line.length - 1];
        const other = ends.get(key(tip));
        if (!other || other === line) continue;
        lines.delete(other);
        ends.delete(key(other[0]));
        ends.delete(key(other[other.length - 1]));
        const joinsAtEnd = key(other[other.length - 1]) === key(tip);
        const before = joinsAtEnd ? other : [...other].reverse();
        line = start
          ? [...before, ...line.slice(1)]
          : [...line.slice(0, -1), ...[...before].reverse()];
      }
      lines.add(line);
      put(line[0], line);
      put(line[line.length - 1], line);
    }
    return [...lines];
  }
}
