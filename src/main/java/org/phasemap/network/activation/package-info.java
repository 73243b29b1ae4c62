/** The product's activations, each in a class that says all that is known of it. */
@NullMarked
package org.phasemap.network.activation;

import org.jspecify.annotations.NullMarked;
