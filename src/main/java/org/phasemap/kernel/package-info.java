/**
 * Arithmetic on float32 matrices behind one interface, {@code Kernel}, and the registry of the
 * backends that implement it. Also the random numbers, which are the same for all backends. Each
 * backend has a package of its own: only {@code kernel.openblas} knows OpenBLAS, only {@code
 * kernel.nd4j} and {@code zoo} know ND4J.
 */
@NullMarked
package org.phasemap.kernel;

import org.jspecify.annotations.NullMarked;
