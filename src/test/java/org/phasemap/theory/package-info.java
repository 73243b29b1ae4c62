@NullMarked
package org.phasemap.theory;

import org.jspecify.annotations.NullMarked;
