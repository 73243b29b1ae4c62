@NullMarked
package org.phasemap.chart.explore.selection;

import org.jspecify.annotations.NullMarked;
