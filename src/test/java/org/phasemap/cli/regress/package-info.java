@NullMarked
package org.phasemap.cli.regress;

import org.jspecify.annotations.NullMarked;
