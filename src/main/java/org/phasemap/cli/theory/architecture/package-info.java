/** Keys of the theory of architectures: what they mean, their parameters and formulas. */
@NullMarked
package org.phasemap.cli.theory.architecture;

import org.jspecify.annotations.NullMarked;
