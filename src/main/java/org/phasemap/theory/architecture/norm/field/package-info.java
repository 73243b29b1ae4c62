/** Batch norm over inputs and positions, whose statistics see correlated numbers. */
@NullMarked
package org.phasemap.theory.architecture.norm.field;

import org.jspecify.annotations.NullMarked;
