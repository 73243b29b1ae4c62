/** What training makes small: losses of outputs and their gradients, and figures on a set. */
@NullMarked
package org.phasemap.train.loss;

import org.jspecify.annotations.NullMarked;
