@NullMarked
package org.phasemap.kernel.openblas;

import org.jspecify.annotations.NullMarked;
