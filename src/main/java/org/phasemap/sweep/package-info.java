/** Distributes units over Spark, commits waves, reports progress; the only user of Spark. */
@NullMarked
package org.phasemap.sweep;

import org.jspecify.annotations.NullMarked;
