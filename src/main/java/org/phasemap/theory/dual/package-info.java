/**
 * What one Gaussian pre-activation, or a pair of them, makes of φ: moments and dual activations.
 */
@NullMarked
package org.phasemap.theory.dual;

import org.jspecify.annotations.NullMarked;
