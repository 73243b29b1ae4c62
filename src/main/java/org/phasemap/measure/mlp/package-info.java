/**
 * MLPs measured on this machine: their random weights as what they do to columns, explicit or drawn
 * column by column, and the passes up and down through them.
 */
@NullMarked
package org.phasemap.measure.mlp;

import org.jspecify.annotations.NullMarked;
