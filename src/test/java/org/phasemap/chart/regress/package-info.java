@NullMarked
package org.phasemap.chart.regress;

import org.jspecify.annotations.NullMarked;
