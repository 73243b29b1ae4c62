@NullMarked
package org.phasemap.kernel.nd4j;

import org.jspecify.annotations.NullMarked;
