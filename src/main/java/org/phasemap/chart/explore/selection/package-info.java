/** Which rows and columns of the tables a chart is made of, and what is left out. */
@NullMarked
package org.phasemap.chart.explore.selection;

import org.jspecify.annotations.NullMarked;
