/**
 * The vocabulary as types: activations with their derivatives, weight laws, initialisation schemes,
 * phases, and the configuration of one network. Also what every package needs and no other owns:
 * cell ids, numbers and text as users write and see them, and {@code UserException}. Imports no
 * other package.
 */
@NullMarked
package org.phasemap.network;

import org.jspecify.annotations.NullMarked;
