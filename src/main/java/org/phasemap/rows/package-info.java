/**
 * Rows of the two tables: what a cell and its networks have in their columns and back, averages
 * over replicates, and differences between two rows. It knows no Spark.
 */
@NullMarked
package org.phasemap.rows;

import org.jspecify.annotations.NullMarked;
