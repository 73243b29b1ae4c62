/** Columns as charts have them: a list, a few texts with positions, or one value for all rows. */
export function unpacked(column, size) {
  if (Array.isArray(column)) return column;
  if ("dict" in column) return column.at.map((i) => (i < 0 ? null : column.dict[i]));
  return new Array(size).fill(column.const);
}
