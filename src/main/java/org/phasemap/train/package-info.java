/**
 * Trains networks on data sets with the kernel's arithmetic, and says what became of each: trained,
 * stalled or diverged. Networks of one shape that see the same minibatches go side by side.
 */
@NullMarked
package org.phasemap.train;

import org.jspecify.annotations.NullMarked;
