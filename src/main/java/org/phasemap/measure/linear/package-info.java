/** Small dense linear algebra in float64: eigenvalues, factors, exact sums of products. */
@NullMarked
package org.phasemap.measure.linear;

import org.jspecify.annotations.NullMarked;
