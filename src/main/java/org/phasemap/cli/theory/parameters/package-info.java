/** Named parameters of quantities, as tables and commands write them. */
@NullMarked
package org.phasemap.cli.theory.parameters;

import org.jspecify.annotations.NullMarked;
