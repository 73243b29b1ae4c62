/** From a spec to the work: cells, units that share random numbers, waves, and what they cost. */
@NullMarked
package org.phasemap.plan;

import org.jspecify.annotations.NullMarked;
