/** Trainability, measured: networks trained on data sets with the kernel's arithmetic. */
@NullMarked
package org.phasemap.train;

import org.jspecify.annotations.NullMarked;
