@NullMarked
package org.phasemap.kernel.graph.weighing;

import org.jspecify.annotations.NullMarked;
