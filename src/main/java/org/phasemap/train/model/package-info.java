/**
 * Networks as training sees them, whatever their kind: parameters, gradients, passes, the
 * minibatches they are shown; and what another library has to offer to train them.
 */
@NullMarked
package org.phasemap.train.model;

import org.jspecify.annotations.NullMarked;
