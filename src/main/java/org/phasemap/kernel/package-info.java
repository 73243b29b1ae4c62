/**
 * Native arithmetic behind one small interface; the only package that knows OpenBLAS or ND4J
 * arrays.
 */
@NullMarked
package org.phasemap.kernel;

import org.jspecify.annotations.NullMarked;
