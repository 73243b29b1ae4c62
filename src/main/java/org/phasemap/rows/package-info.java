/**
 * Rows of the two tables: what a cell and its networks have in their columns and back, averages
 * over replicates, what a folder holds of a plan, and differences between rows and between specs of
 * one folder. It knows no Spark.
 */
@NullMarked
package org.phasemap.rows;

import org.jspecify.annotations.NullMarked;
