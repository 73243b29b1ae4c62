@NullMarked
package org.phasemap.sweep.table;

import org.jspecify.annotations.NullMarked;
