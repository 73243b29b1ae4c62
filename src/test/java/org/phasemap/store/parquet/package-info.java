@NullMarked
package org.phasemap.store.parquet;

import org.jspecify.annotations.NullMarked;
