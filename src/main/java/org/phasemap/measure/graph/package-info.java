/**
 * Networks that a graph of layers describes, such as convolutional ones, measured on this machine
 * one after the other.
 */
@NullMarked
package org.phasemap.measure.graph;

import org.jspecify.annotations.NullMarked;
