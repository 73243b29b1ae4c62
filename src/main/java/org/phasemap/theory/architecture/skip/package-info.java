/** Residual and densely connected networks. */
@NullMarked
package org.phasemap.theory.architecture.skip;

import org.jspecify.annotations.NullMarked;
