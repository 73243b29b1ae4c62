/** ND4J, on CPUs anywhere and on older GPUs. Its products on CPUs are those of OpenBLAS too. */
@NullMarked
package org.phasemap.kernel.nd4j;

import org.jspecify.annotations.NullMarked;
