@NullMarked
package org.phasemap.rows;

import org.jspecify.annotations.NullMarked;
