/** Where charts come from: the JSON that stands in this page, or else the server that sent it. */
const element = document.getElementById("data");
const inlined = element && JSON.parse(element.textContent);

async function fetched(path) {
  const answer = await fetch("charts/" + path);
  if (!answer.ok) throw new Error(`charts/${path}: ${answer.status}`);
  return answer.json();
}

const known = new Map();

/** A chart of the sweep by its name. */
export async function chart(name) {
  if (inlined) return inlined[name];
  if (!known.has(name)) known.set(name, fetched(name));
  return known.get(name);
}

/** What a chart has for one cell, by the cell's position in the table; null if nothing. */
export const ofCell = async (name, i) => (inlined ? inlined[name][i] ?? null : fetched(name + "/" + i));
