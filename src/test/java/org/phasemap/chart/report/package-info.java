@NullMarked
package org.phasemap.chart.report;

import org.jspecify.annotations.NullMarked;
