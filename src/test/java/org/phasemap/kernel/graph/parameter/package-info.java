@NullMarked
package org.phasemap.kernel.graph.parameter;

import org.jspecify.annotations.NullMarked;
