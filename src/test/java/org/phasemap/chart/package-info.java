@NullMarked
package org.phasemap.chart;

import org.jspecify.annotations.NullMarked;
