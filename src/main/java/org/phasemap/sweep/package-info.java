/**
 * Runs a plan on Spark: sends units out, commits what comes in as waves, averages the rows into
 * {@code cells}, and runs single cells again. With {@code cli}, which starts the sessions, the only
 * package that knows Spark.
 */
@NullMarked
package org.phasemap.sweep;

import org.jspecify.annotations.NullMarked;
