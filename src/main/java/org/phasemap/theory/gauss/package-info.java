/** Gaussian integrals: quadrature rules, special functions and the nodes they need. */
@NullMarked
package org.phasemap.theory.gauss;

import org.jspecify.annotations.NullMarked;
