@NullMarked
package org.phasemap.store.table;

import org.jspecify.annotations.NullMarked;
