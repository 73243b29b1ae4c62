@NullMarked
package org.phasemap.measure.graph;

import org.jspecify.annotations.NullMarked;
