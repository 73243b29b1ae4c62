/** Batch, layer and RMS normalisation. */
@NullMarked
package org.phasemap.theory.architecture.norm;

import org.jspecify.annotations.NullMarked;
