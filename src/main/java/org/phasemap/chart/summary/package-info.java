/** What a report shows of a sweep, computed once: its maps, boundaries, profiles, agreement. */
@NullMarked
package org.phasemap.chart.summary;

import org.jspecify.annotations.NullMarked;
