@NullMarked
package org.phasemap.measure.device;

import org.jspecify.annotations.NullMarked;
