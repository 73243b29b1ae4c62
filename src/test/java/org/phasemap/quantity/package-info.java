@NullMarked
package org.phasemap.quantity;

import org.jspecify.annotations.NullMarked;
