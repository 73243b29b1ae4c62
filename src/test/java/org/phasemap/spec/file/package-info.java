@NullMarked
package org.phasemap.spec.file;

import org.jspecify.annotations.NullMarked;
