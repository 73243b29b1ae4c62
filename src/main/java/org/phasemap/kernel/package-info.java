/**
 * Native arithmetic behind one small interface, and the registry of backends that implement it.
 * Each backend has a package of its own; nothing but they know native libraries.
 */
@NullMarked
package org.phasemap.kernel;

import org.jspecify.annotations.NullMarked;
