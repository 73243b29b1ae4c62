@NullMarked
package org.phasemap.theory.dual;

import org.jspecify.annotations.NullMarked;
