/** Derivatives along an input, and their tangent kernel. */
@NullMarked
package org.phasemap.theory.architecture.pinn;

import org.jspecify.annotations.NullMarked;
