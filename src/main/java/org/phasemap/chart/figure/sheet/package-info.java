/** Marks on a sheet of paper, and the files that show them: PDF, SVG, PNG. */
@NullMarked
package org.phasemap.chart.figure.sheet;

import org.jspecify.annotations.NullMarked;
