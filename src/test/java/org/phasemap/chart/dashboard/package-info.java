@NullMarked
package org.phasemap.chart.dashboard;

import org.jspecify.annotations.NullMarked;
