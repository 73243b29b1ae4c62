@NullMarked
package org.phasemap.theory.architecture;

import org.jspecify.annotations.NullMarked;
