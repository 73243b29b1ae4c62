/**
 * The theory of networks that are graphs of layers: covariances on the way up, gradients on the way
 * down, operation by operation, as neural-tangents does (Novak et al. 2020, arXiv 1912.02803).
 */
@NullMarked
package org.phasemap.predict.graph;

import org.jspecify.annotations.NullMarked;
