@NullMarked
package org.phasemap.chart.map;

import org.jspecify.annotations.NullMarked;
