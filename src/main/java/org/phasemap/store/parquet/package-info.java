/** Parquet files of rows: written column by column, read back, and held to what was written. */
@NullMarked
package org.phasemap.store.parquet;

import org.jspecify.annotations.NullMarked;
