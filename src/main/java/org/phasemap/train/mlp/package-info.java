/** MLPs that are trained: passes, gradients and tangent kernels. */
@NullMarked
package org.phasemap.train.mlp;

import org.jspecify.annotations.NullMarked;
