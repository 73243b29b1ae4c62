/**
 * Families of networks that specs can name, each as the graph of layers that it is: plain,
 * convolutional, residual, densely connected, transformers, autoencoders.
 */
@NullMarked
package org.phasemap.network.architecture;

import org.jspecify.annotations.NullMarked;
