/**
 * Whether a sweep's numbers are still those of another: pairs of networks with the same random
 * numbers, tests with a known rate of false alarms, tolerances, and where in the grid it has
 * changed (docs/regress.md).
 */
@NullMarked
package org.phasemap.analysis.regress;

import org.jspecify.annotations.NullMarked;
