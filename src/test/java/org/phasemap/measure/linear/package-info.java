@NullMarked
package org.phasemap.measure.linear;

import org.jspecify.annotations.NullMarked;
