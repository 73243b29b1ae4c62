@NullMarked
package org.phasemap.train;

import org.jspecify.annotations.NullMarked;
