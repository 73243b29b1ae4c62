/**
 * What can be known of a network: every number and every list that is measured, each with all that
 * is known about it, and the facts of one network together.
 */
@NullMarked
package org.phasemap.quantity;

import org.jspecify.annotations.NullMarked;
