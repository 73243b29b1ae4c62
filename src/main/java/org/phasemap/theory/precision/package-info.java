/** What a floating-point or integer format keeps of signals and gradients. */
@NullMarked
package org.phasemap.theory.precision;

import org.jspecify.annotations.NullMarked;
