@NullMarked
package org.phasemap.theory.gauss;

import org.jspecify.annotations.NullMarked;
