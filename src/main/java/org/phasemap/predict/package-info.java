/**
 * What theory says of a cell: a number for each quantity that has one, and its law over random
 * networks of the cell's width. Knows no kernel.
 */
@NullMarked
package org.phasemap.predict;

import org.jspecify.annotations.NullMarked;
