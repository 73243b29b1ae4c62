@NullMarked
package org.phasemap.predict;

import org.jspecify.annotations.NullMarked;
