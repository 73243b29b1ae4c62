/** The vocabulary as types: activations, initialisation schemes, networks. */
@NullMarked
package org.phasemap.network;

import org.jspecify.annotations.NullMarked;
