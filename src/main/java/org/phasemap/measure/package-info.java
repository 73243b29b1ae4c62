/**
 * The probes: draws the networks of a unit, sends inputs up and gradients down through them, and
 * adds up what is seen on the way. Knows the kernel and no Spark.
 */
@NullMarked
package org.phasemap.measure;

import org.jspecify.annotations.NullMarked;
