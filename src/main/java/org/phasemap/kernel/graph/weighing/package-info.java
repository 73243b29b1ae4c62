/** z = W h + b of dense layers and convolutions, which differ in what a weight sees. */
@NullMarked
package org.phasemap.kernel.graph.weighing;

import org.jspecify.annotations.NullMarked;
