/** Networks of graphs of layers that are trained: passes, gradients and tangent kernels. */
@NullMarked
package org.phasemap.train.graph;

import org.jspecify.annotations.NullMarked;
