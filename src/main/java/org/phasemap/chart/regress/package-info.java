/** A finished comparison of two sweeps, printed: terminal, JSON, JUnit's XML, Markdown, HTML. */
@NullMarked
package org.phasemap.chart.regress;

import org.jspecify.annotations.NullMarked;
