/**
 * What is drawn of a sweep, as records: maps of the phases, profiles of cells, maps of training
 * with their fits, theory's lines, the table of cells. {@link org.phasemap.chart.Charts} computes
 * each once from the tables; what prints them knows no SQL and no theory.
 */
@NullMarked
package org.phasemap.chart;

import org.jspecify.annotations.NullMarked;
