@NullMarked
package org.phasemap.chart.explore;

import org.jspecify.annotations.NullMarked;
