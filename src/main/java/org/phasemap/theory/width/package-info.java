/** Networks of finite width: means and bands of measured quantities, in powers of 1/n. */
@NullMarked
package org.phasemap.theory.width;

import org.jspecify.annotations.NullMarked;
