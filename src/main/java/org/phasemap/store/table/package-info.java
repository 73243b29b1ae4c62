/** The columns of the two tables: names, types, meanings, and versions of the schema. */
@NullMarked
package org.phasemap.store.table;

import org.jspecify.annotations.NullMarked;
