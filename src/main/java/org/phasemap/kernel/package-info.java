/**
 * Arithmetic on float32 matrices behind one interface, {@code Kernel}. Also the random numbers and
 * the activations' formulas, which are the same for all backends. Only this package knows OpenBLAS;
 * only it and {@code zoo} know ND4J.
 */
@NullMarked
package org.phasemap.kernel;

import org.jspecify.annotations.NullMarked;
