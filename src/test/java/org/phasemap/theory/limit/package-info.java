@NullMarked
package org.phasemap.theory.limit;

import org.jspecify.annotations.NullMarked;
