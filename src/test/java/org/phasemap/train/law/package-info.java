/**
 * A trainer of the tests' own, written from docs/spec.md and docs/tables.md alone, in float64, and
 * its comparison in law with the product. It shares no code with {@code org.phasemap.train}.
 */
@NullMarked
package org.phasemap.train.law;

import org.jspecify.annotations.NullMarked;
