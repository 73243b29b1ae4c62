/**
 * Networks of finite width: means and bands of measured quantities, in powers of 1/n. What a layer
 * takes from φ is in {@code moment}.
 */
@NullMarked
package org.phasemap.theory.width;

import org.jspecify.annotations.NullMarked;
