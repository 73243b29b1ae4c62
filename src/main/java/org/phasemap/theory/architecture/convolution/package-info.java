/** Convolutions: covariance over positions, borders, strides, pooling, finite channels. */
@NullMarked
package org.phasemap.theory.architecture.convolution;

import org.jspecify.annotations.NullMarked;
