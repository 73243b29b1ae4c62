@NullMarked
package org.phasemap.cli.theory;

import org.jspecify.annotations.NullMarked;
