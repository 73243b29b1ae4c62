/**
 * What units cost in time and memory, how the replicates of cells are batched into units, and units
 * into tasks.
 */
@NullMarked
package org.phasemap.plan.cost;

import org.jspecify.annotations.NullMarked;
