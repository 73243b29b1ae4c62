/** SQL over the committed files of a sweep, in an in-memory DuckDB that reaches no other file. */
@NullMarked
package org.phasemap.query;

import org.jspecify.annotations.NullMarked;
