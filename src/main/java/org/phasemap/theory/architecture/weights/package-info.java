/** Scales of weights: normalisations of them, and chains of layers of any widths. */
@NullMarked
package org.phasemap.theory.architecture.weights;

import org.jspecify.annotations.NullMarked;
