/** The inks of figures. A page wears one set; figures that leave it are always drawn as on white paper. */
const LIGHT = {
  dark: false, paper: "#ffffff", ink: "#1c2430", tick: "#3a4553", line: "#5a6675", soft: "#5a6675", faint: "#7c8794",
  grid: "#eef0f3", frame: "#c5ccd5", measured: "#0b5394", theory: "#d55e00", bars: "#8fb3d3", strong: "#10151c",
};
const DARK = {
  dark: true, paper: "#171b22", ink: "#e6e9ee", tick: "#b9c1cc", line: "#8793a3", soft: "#a3adba", faint: "#8a95a4",
  grid: "#262d37", frame: "#3a4452", measured: "#6cb2f0", theory: "#ff9a4d", bars: "#3f6f9c", strong: "#f4f6f9",
};

/** The set that is worn: read it when something is drawn, not before. */
export const theme = { ...LIGHT, text: 1 };

/** Text of figures that many times as large, where a page is very wide. */
export const enlarge = (text) => Object.assign(theme, { text });

export const wear = (dark) => Object.assign(theme, dark ? DARK : LIGHT);

/** Does some drawing in the inks of paper. */
export function onPaper(draw) {
  const { dark, text } = theme;
  wear(false);
  enlarge(1);
  try {
    return draw();
  } finally {
    wear(dark);
    enlarge(text);
  }
}
