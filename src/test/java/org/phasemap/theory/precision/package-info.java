@NullMarked
package org.phasemap.theory.precision;

import org.jspecify.annotations.NullMarked;
