/** Formulas for layers and networks other than the MLP. They are predicted, not measured yet. */
@NullMarked
package org.phasemap.theory.architecture;

import org.jspecify.annotations.NullMarked;
