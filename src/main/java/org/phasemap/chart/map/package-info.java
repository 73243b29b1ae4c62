/** Maps of cells: which axes a plane has, which cells lie in it, and what each of them shows. */
@NullMarked
package org.phasemap.chart.map;

import org.jspecify.annotations.NullMarked;
