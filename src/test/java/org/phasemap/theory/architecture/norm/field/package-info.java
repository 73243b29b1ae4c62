@NullMarked
package org.phasemap.theory.architecture.norm.field;

import org.jspecify.annotations.NullMarked;
