/**
 * What a dashboard draws of a sweep, as records: maps over any two axes, slices, cells, scatters
 * against theory. Each is the answer to a {@link org.phasemap.chart.explore.selection.Selection} of
 * cells. No text of a request becomes SQL: columns come from the registries of axes and quantities,
 * values are bound.
 */
@NullMarked
package org.phasemap.chart.explore;

import org.jspecify.annotations.NullMarked;
