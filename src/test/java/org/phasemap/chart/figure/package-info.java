@NullMarked
package org.phasemap.chart.figure;

import org.jspecify.annotations.NullMarked;
