/**
 * Networks of infinite width: variance and correlation maps, fixed points, the edge of chaos, the
 * neural tangent kernel and the spectrum of the Jacobian.
 */
@NullMarked
package org.phasemap.theory.limit;

import org.jspecify.annotations.NullMarked;
