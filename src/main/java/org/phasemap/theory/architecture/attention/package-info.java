/** Attention and transformers at initialisation. */
@NullMarked
package org.phasemap.theory.architecture.attention;

import org.jspecify.annotations.NullMarked;
