@NullMarked
package org.phasemap.train.graph;

import org.jspecify.annotations.NullMarked;
