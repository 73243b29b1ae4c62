/** Trainability, measured: data sets, and networks trained on them with the kernel's arithmetic. */
@NullMarked
package org.phasemap.train;

import org.jspecify.annotations.NullMarked;
