/** Weights and biases of graphs of layers: how they are drawn, and what they do if never formed. */
@NullMarked
package org.phasemap.kernel.graph.parameter;

import org.jspecify.annotations.NullMarked;
