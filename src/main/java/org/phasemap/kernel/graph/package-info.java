/**
 * Evaluates graphs of layers in float32: draws their parameters, sends signals and tangents up and
 * gradients down. Who measures and who trains networks use the same passes.
 */
@NullMarked
package org.phasemap.kernel.graph;

import org.jspecify.annotations.NullMarked;
