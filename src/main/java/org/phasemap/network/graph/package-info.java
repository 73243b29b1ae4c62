/**
 * An algebra of layers: what a network is made of, in the order in which signals go through it.
 * Measuring, theory, training and Deeplearning4j each walk the same {@link
 * org.phasemap.network.graph.LayerGraph}, so none of them has a second idea of an architecture.
 */
@org.jspecify.annotations.NullMarked
package org.phasemap.network.graph;
