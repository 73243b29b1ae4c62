/**
 * What is drawn of a sweep, as records. Here is what all charts share: the table of cells, counts,
 * rounded numbers, colours. What prints charts knows no SQL and no theory.
 */
@NullMarked
package org.phasemap.chart;

import org.jspecify.annotations.NullMarked;
