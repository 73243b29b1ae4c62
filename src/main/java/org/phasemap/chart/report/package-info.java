/** The charts of a sweep printed: as text for a terminal, and as one page that needs no network. */
@NullMarked
package org.phasemap.chart.report;

import org.jspecify.annotations.NullMarked;
