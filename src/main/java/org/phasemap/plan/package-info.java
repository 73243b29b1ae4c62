/**
 * From a spec to the work. Resolves the grid into cells and decides from what is measured what is
 * wanted next. Its room {@code cost} estimates what work costs and batches cells into units that
 * share random numbers. The same spec and the same progress always give the same plan.
 */
@NullMarked
package org.phasemap.plan;

import org.jspecify.annotations.NullMarked;
