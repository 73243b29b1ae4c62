/** Gaussian expectations of φ and φ′ that the fluctuations of a finite layer are made of. */
@NullMarked
package org.phasemap.theory.width.moment;

import org.jspecify.annotations.NullMarked;
