@NullMarked
package org.phasemap.cli.theory.check;

import org.jspecify.annotations.NullMarked;
