@NullMarked
package org.phasemap.predict.graph;

import org.jspecify.annotations.NullMarked;
