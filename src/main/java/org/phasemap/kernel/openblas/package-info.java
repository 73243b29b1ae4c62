/** OpenBLAS on CPUs. The only package that knows it. */
@NullMarked
package org.phasemap.kernel.openblas;

import org.jspecify.annotations.NullMarked;
