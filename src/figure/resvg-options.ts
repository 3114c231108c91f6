/**
 * How resvg reads an SVG. Text is set in DejaVu Sans, which comes with the package: many servers have no fonts, and with the same font the
 * same SVG gives the same picture on every machine, and in a page. The fonts themselves are given as files or as bytes.
 */
export const resvgOptions = <Fonts extends object>(scale: number, fonts: Fonts) => ({
  fitTo: { mode: 'zoom' as const, value: scale },
  font: { loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans', ...fonts },
});

/** Image pixels per pixel of a figure in a PNG. */
export const PNG_SCALE = 2;
