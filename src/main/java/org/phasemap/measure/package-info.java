/** The probes: what is measured on a network, and what theory predicts for it. Knows no Spark. */
@NullMarked
package org.phasemap.measure;

import org.jspecify.annotations.NullMarked;
