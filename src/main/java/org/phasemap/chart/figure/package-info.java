/**
 * Figures for papers: the charts of {@code chart.explore} as marks on a sheet of a column's width,
 * and what writes them as PDF, SVG or PNG.
 */
@NullMarked
package org.phasemap.chart.figure;

import org.jspecify.annotations.NullMarked;
