/**
 * SQL over the committed files of a sweep, in a DuckDB in memory that reaches no other file. This
 * is the only package that knows DuckDB.
 */
@NullMarked
package org.phasemap.query;

import org.jspecify.annotations.NullMarked;
