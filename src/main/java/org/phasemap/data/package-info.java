/**
 * Labelled examples: bundled, read from CSV, Parquet, IDX and CIFAR files, or made up. A file is
 * identified by the SHA-256 of its content. What cannot be read without guessing is refused with
 * the line, record or column.
 */
@NullMarked
package org.phasemap.data;

import org.jspecify.annotations.NullMarked;
