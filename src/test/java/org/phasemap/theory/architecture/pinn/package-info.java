@NullMarked
package org.phasemap.theory.architecture.pinn;

import org.jspecify.annotations.NullMarked;
