/**
 * Mean-field theory: pure functions of doubles. Its rooms import only those before them: gauss,
 * dual, limit, width, precision, and one for each family of architectures: convolution, norm, skip,
 * attention, weights, pinn.
 */
@NullMarked
package org.phasemap.theory;

import org.jspecify.annotations.NullMarked;
