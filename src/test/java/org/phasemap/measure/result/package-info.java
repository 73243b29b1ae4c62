@NullMarked
package org.phasemap.measure.result;

import org.jspecify.annotations.NullMarked;
