@NullMarked
package org.phasemap.theory.width;

import org.jspecify.annotations.NullMarked;
