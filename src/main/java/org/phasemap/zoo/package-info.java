/** Networks of Deeplearning4j. */
@NullMarked
package org.phasemap.zoo;

import org.jspecify.annotations.NullMarked;
