@NullMarked
package org.phasemap.chart.summary;

import org.jspecify.annotations.NullMarked;
