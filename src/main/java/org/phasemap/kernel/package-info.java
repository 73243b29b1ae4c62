/** Native arithmetic behind one small interface; the only package that knows MKL or ND4J arrays. */
@NullMarked
package org.phasemap.kernel;

import org.jspecify.annotations.NullMarked;
