/** The tables of a sweep as Spark's tasks read and write them: staged, committed, merged. */
@NullMarked
package org.phasemap.sweep.table;

import org.jspecify.annotations.NullMarked;
