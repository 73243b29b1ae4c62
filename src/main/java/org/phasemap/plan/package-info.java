/**
 * From a spec to the work. Resolves the grid into cells, batches replicates of cells into units
 * that share random numbers, decides from what is measured what is wanted next, and estimates what
 * units cost. The same spec and the same progress always give the same plan.
 */
@NullMarked
package org.phasemap.plan;

import org.jspecify.annotations.NullMarked;
