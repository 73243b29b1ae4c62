/** Numbers that probes find and theory predicts alike, and how they follow from kernels. */
@NullMarked
package org.phasemap.measure.result;

import org.jspecify.annotations.NullMarked;
