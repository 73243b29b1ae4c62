@NullMarked
package org.phasemap.measure.mlp;

import org.jspecify.annotations.NullMarked;
